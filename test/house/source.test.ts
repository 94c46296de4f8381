// What no file of the rooms may say, and how long it may be.

import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { codeOf, root, type SourceFile, sourceFiles } from './source-files.ts';

const rooms = sourceFiles('data', 'api', 'web');

/** `file: line` for every line that matches, of the text or of what `read` makes of the file. */
function linesMatching(files: typeof rooms, pattern: RegExp, read = (file: SourceFile) => file.text): string[] {
  return files.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line) => (pattern.test(line) ? [`${file.path}: ${line.trim()}`] : [])),
  );
}

test('no code knows a city: its names stand in its profile only', () => {
  const code = rooms.filter(({ path }) => !path.startsWith('data/cities/'));
  // The default of YIZHAN_CITY is the one word that the two readers of the environment need.
  const withoutDefault = (file: SourceFile) =>
    ['api/config.ts', 'data/cli.ts'].includes(file.path)
      ? codeOf(file).replace(/^.*YIZHAN_CITY.*$/gm, '')
      : codeOf(file);
  expect(linesMatching(code, /harbin|songhua|哈尔滨|尔滨|230102|松花/i, withoutDefault)).toEqual([]);
});

test('no markup carries a style attribute, which the content security policy would drop', () => {
  const attribute = /(?<=\s)style=(?:["']|\$\{)/;
  expect('<p style="color: red">').toMatch(attribute);
  expect('<p .style=$' + '{styles}>').not.toMatch(attribute);
  const web = rooms.filter(({ path }) => path.startsWith('web/'));
  expect(linesMatching(web, attribute)).toEqual([]);
  expect(linesMatching(web, /\bstyleMap\b/)).toEqual([]);
});

test('no type is escaped', () => {
  const wayOut = /\bas any\b|: any\b|<any>|\bany\[\]|@ts-(?:ignore|nocheck)/;
  expect(linesMatching(rooms, wayOut)).toEqual([]);
});

test('nothing is left for later', () => {
  expect(linesMatching(rooms, /\b(?:TODO|FIXME|XXX)\b|not implemented/i)).toEqual([]);
  const tests = sourceFiles('test').filter(({ path }) => path !== 'test/house/source.test.ts');
  expect(linesMatching(tests, /\b(?:it|test|describe)\.(?:skip|only|todo)\b|\bx(?:it|describe)\(/)).toEqual([]);
});

test('no file of the rooms is longer than 400 lines', () => {
  const long = rooms.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
  expect(long.filter(({ lines }) => lines > 400)).toEqual([]);
});

test('names of files are kebab-case', () => {
  expect(
    rooms.map(({ path }) => path).filter((path) => !/^[a-z0-9-]+(?:\/[a-z0-9-]+)*(?:\.d)?\.ts$/.test(path)),
  ).toEqual([]);
});

test('the rules about code see strings and leave comments alone', () => {
  const text = "/* 哈尔滨 */ export const name: string = '尔滨'; // 松花";
  expect(codeOf({ path: 'a.ts', text }).trim()).toBe('export const name = "尔滨";');
});

test('the top level holds what belongs there and nothing else', () => {
  const allowed = [
    '.biome.json',
    '.ci',
    '.gitattributes',
    '.gitignore',
    '.npmrc',
    'ARCHITECTURE.md',
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'LICENSE',
    'README.md',
    'README.zh-CN.md',
    'SECURITY.md',
    'api',
    'data',
    'esbuild.config.mjs',
    'package-lock.json',
    'package.json',
    'setup.mjs',
    'test',
    'tsconfig.json',
    'web',
  ];
  expect(topLevel().filter((entry) => !allowed.includes(entry))).toEqual([]);
});

/** As git tracks it, so that an editor's own folder is nobody's business; as it lies there where git cannot say. */
function topLevel(): string[] {
  try {
    const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8', stdio: 'pipe' });
    return [
      ...new Set(
        tracked
          .split('\n')
          .filter(Boolean)
          .map((path) => path.split('/')[0] ?? ''),
      ),
    ];
  } catch {
    return readdirSync(root).filter((entry) => !['node_modules', 'shots', 'coverage', '.git'].includes(entry));
  }
}
