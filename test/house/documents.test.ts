// The documents say what is true: commands, links and variables that they name exist, and the twins agree.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { root } from './source-files.ts';

const DOCUMENTS = ['README.md', 'README.zh-CN.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];

const text = (path: string) => readFileSync(join(root, path), 'utf8');
const scripts = (JSON.parse(text('package.json')) as { scripts: Record<string, string> }).scripts;

/** First groups of all matches, each once, sorted. */
function namedIn(document: string, pattern: RegExp): string[] {
  return [...new Set([...text(document).matchAll(pattern)].map(([, name = '']) => name))].sort();
}

const npmScripts = (document: string) =>
  namedIn(document, /\bnpm (?:run (?:-s )?)?((?<=npm )(?:start|test)|(?<=run (?:-s )?)[a-z]+)\b/g);
const dataCommands = (document: string) => namedIn(document, /\bdata -- ([a-z][a-z-]*)/g);
const variables = (document: string) => namedIn(document, /\b(YIZHAN_[A-Z_]+|PORT|HOST)\b/g);

describe.each(DOCUMENTS)('%s', (document) => {
  test('names only scripts that exist, and that lead to files that exist', () => {
    for (const name of npmScripts(document)) {
      const script = scripts[name];
      expect({ name, script }).toEqual({ name, script: expect.any(String) });
      const files = [...(script ?? '').matchAll(/\bnode (?:--\S+ )*(\S+\.(?:ts|mjs|js))/g)].map(
        ([, file = '']) => file,
      );
      expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    }
  });

  test('links to files that exist', () => {
    const links = [...namedIn(document, /\]\(([^)#]+)(?:#[^)]*)?\)/g), ...namedIn(document, /\bsrc="([^"]+)"/g)];
    const broken = links.filter((link) => !/^https?:/.test(link) && !existsSync(join(root, link)));
    expect(broken).toEqual([]);
  });
});

describe.each(['README.md', 'README.zh-CN.md'])('%s', (document) => {
  test('starts with the two commands', () => {
    expect(npmScripts(document)).toEqual(expect.arrayContaining(['start', 'test']));
  });

  test('names every command of the data command line, and no other', () => {
    const help = execFileSync(process.execPath, ['data/cli.ts', '--help'], { cwd: root, encoding: 'utf8' });
    const commands = [
      ...new Set([...help.matchAll(/^ {2,}([a-z]+(?:-[a-z]+)*)(?= |$)/gm)].map(([, name = '']) => name)),
    ];
    expect(commands).toContain('migrate');
    expect(dataCommands(document)).toEqual(commands.sort());
  });

  test('lists exactly the variables that the configuration reads', () => {
    const read = namedIn('api/config.ts', /'(YIZHAN_[A-Z_]+|PORT|HOST)'/g);
    expect(variables(document)).toEqual(read);
  });
});

test('the twins name the same scripts, commands, variables and addresses', () => {
  const addresses = (document: string) => namedIn(document, /(https?:\/\/[^\s'`)>]+)/g);
  for (const named of [npmScripts, dataCommands, variables, addresses]) {
    expect(named('README.zh-CN.md')).toEqual(named('README.md'));
  }
});
