// The order of the rooms: who may import whom, and who alone holds which tool.

import { describe, expect, test } from '@jest/globals';
import { codeOf, importsOf, type SourceFile, sourceFiles } from './source-files.ts';

const data = sourceFiles('data');
const api = sourceFiles('api');
const web = sourceFiles('web');
const all = [...data, ...api, ...web];

/** `file → import` for every import of these files that the rule forbids. */
function breaches(files: SourceFile[], forbidden: (imported: string, file: string) => boolean): string[] {
  return files.flatMap((file) =>
    importsOf(file)
      .filter((imported) => forbidden(imported, file.path))
      .map((imported) => `${file.path} → ${imported}`),
  );
}

/** Files whose code matches. */
function filesSaying(files: SourceFile[], pattern: RegExp): string[] {
  return files.filter((file) => pattern.test(codeOf(file))).map(({ path }) => path);
}

describe('imports are found', () => {
  const found = (text: string) => importsOf({ path: 'web/rider/main.ts', text });

  test('in every form that the language has', () => {
    expect(found("import { a } from '../../data/place.ts';")).toEqual(['data/place.ts']);
    expect(found("import type {\n  A,\n  B,\n} from './a.ts';")).toEqual(['web/rider/a.ts']);
    expect(found("export { a } from './a.ts';")).toEqual(['web/rider/a.ts']);
    expect(found("import './a.ts';")).toEqual(['web/rider/a.ts']);
    expect(found("const map = await import('../map/map.ts');")).toEqual(['web/map/map.ts']);
    expect(found("import z, { type A } from 'zod';\nimport { b } from 'lit';")).toEqual(['zod', 'lit']);
  });

  test('and in the files that are there', () => {
    expect(breaches(data, (imported) => imported === 'zod')).toContain('data/place-schema.ts → zod');
    for (const room of [data, api, web]) expect(room.flatMap(importsOf).length).toBeGreaterThan(5);
  });
});

describe('one direction', () => {
  test('data imports from no other room', () => {
    expect(breaches(data, (imported) => /^(api|web|test)\//.test(imported))).toEqual([]);
  });

  test('web never imports api', () => {
    expect(breaches(web, (imported) => /^(api|test)\//.test(imported))).toEqual([]);
  });

  test('api enters web by web/pages only', () => {
    const forbidden = (imported: string) => /^(web|test)\//.test(imported) && !imported.startsWith('web/pages/');
    expect(breaches(api, forbidden)).toEqual([]);
  });

  test('web/pages needs neither an element nor a map, since the server runs it', () => {
    const pages = web.filter(({ path }) => path.startsWith('web/pages/'));
    const forbidden = (imported: string) =>
      /^(lit|maplibre-gl)\b/.test(imported) || (imported.startsWith('web/') && !imported.startsWith('web/pages/'));
    expect(breaches(pages, forbidden)).toEqual([]);
  });

  test('data has no HTTP', () => {
    expect(breaches(data, (imported) => /^(express|node:https?)\b/.test(imported))).toEqual([]);
  });
});

describe('one holder', () => {
  test('only web/map imports maplibre-gl', () => {
    const elsewhere = all.filter(({ path }) => !path.startsWith('web/map/'));
    expect(breaches(elsewhere, (imported) => /^maplibre-gl\b/.test(imported))).toEqual([]);
  });

  test('only web/client.ts fetches, and the worker that stands between', () => {
    const elsewhere = web.filter(({ path }) => !['web/client.ts', 'web/rider/service-worker.ts'].includes(path));
    expect(
      filesSaying(elsewhere, /(?<![\w.])fetch\(|\b(?:window|self|globalThis)\.fetch\b|\bXMLHttpRequest\b/),
    ).toEqual([]);
  });

  test('only the configuration and the command line read the environment', () => {
    const elsewhere = all.filter(({ path }) => !['api/config.ts', 'data/cli.ts'].includes(path));
    // api/utc.ts sets TZ, which is no reading.
    expect(filesSaying(elsewhere, /process\.env(?!\.TZ = )|\benv\b[^;\n]*from 'node:process'/)).toEqual([]);
  });

  test('only data speaks to the database: the others ask its store', () => {
    expect(breaches([...api, ...web], (imported) => /^(better-sqlite3|kysely|node:sqlite)\b/.test(imported))).toEqual(
      [],
    );
  });
});
