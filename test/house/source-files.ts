// The project's own source, read as text by the tests that guard the house.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface SourceFile {
  /** From the project's root, with slashes: `web/rider/main.ts`. */
  path: string;
  text: string;
}

const made = new Set(['web/dist', 'data/var']);

/** Every TypeScript file of a room, without what a build or a run has made. */
export function sourceFiles(...rooms: string[]): SourceFile[] {
  return rooms.flatMap((room) => filesIn(join(root, room))).filter(({ path }) => path.endsWith('.ts'));
}

function filesIn(folder: string): SourceFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const absolute = join(folder, entry.name);
    const path = relative(root, absolute).split(sep).join('/');
    if (entry.isDirectory()) return made.has(path) ? [] : filesIn(absolute);
    return [{ path, text: /\.(ts|md)$/.test(entry.name) ? readFileSync(absolute, 'utf8') : '' }];
  });
}

const IMPORTS = [
  /^\s*(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"]+)['"]/gm,
  /^\s*import\s*['"]([^'"]+)['"]/gm,
  /\bimport\s*\(\s*['"]([^'"]+)['"]/g,
];

/**
 * What a file imports, types and dynamic imports included: paths from the root for its own files (`data/place.ts`), names
 * for packages and Node's modules.
 */
export function importsOf({ path, text }: SourceFile): string[] {
  const specifiers = IMPORTS.flatMap((pattern) => [...text.matchAll(pattern)].map(([, specifier = '']) => specifier));
  return specifiers.map((specifier) => (specifier.startsWith('.') ? posix.join(dirname(path), specifier) : specifier));
}

/** The code alone, without comments and types, as esbuild prints it: for rules about what is done, not explained. */
export function codeOf({ text }: SourceFile): string {
  return transformSync(text, { loader: 'ts', legalComments: 'none', charset: 'utf8' }).code;
}
