// What a rider downloads, read from what the build says of itself (web/dist/meta.json, esbuild's metafile).

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from '@jest/globals';
import type { Metafile } from 'esbuild';
import { root } from './source-files.ts';

const ENTRY = 'web/rider/main.ts';
const FIRST_SCRIPT_MAX_KB = 35;

let outputs: Metafile['outputs'];
let entry: string;

beforeAll(() => {
  outputs = (JSON.parse(readFileSync(join(root, 'web/dist/meta.json'), 'utf8')) as Metafile).outputs;
  entry = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === ENTRY) ?? '';
});

/** An output and all that it brings along, dynamic imports only when asked for. */
function reachable(from: string, includeDynamic: boolean): string[] {
  const seen = new Set<string>();
  const visit = (path: string) => {
    if (seen.has(path) || !outputs[path]) return;
    seen.add(path);
    for (const { path: next, kind } of outputs[path].imports) {
      if (kind === 'import-statement' || (includeDynamic && kind === 'dynamic-import')) visit(next);
    }
  };
  visit(from);
  return [...seen];
}

/** Source files with bytes of theirs in these outputs. */
function inputsOf(paths: string[]): string[] {
  return paths.flatMap((path) =>
    Object.entries(outputs[path]?.inputs ?? {}).flatMap(([input, { bytesInOutput }]) =>
      bytesInOutput > 0 ? [input] : [],
    ),
  );
}

test('the rider’s app is built from its own way in', () => {
  expect(outputs[entry]?.entryPoint).toBe(ENTRY);
  expect(inputsOf(reachable(entry, false))).toContain('data/ranking.ts');
});

test('nothing of the server reaches the phone, not even later', () => {
  const packages = [
    'zod',
    'kysely',
    'opening_hours',
    'chinese-days',
    'pinyin-pro',
    'better-sqlite3',
    'express',
    'pino',
  ];
  const inputs = inputsOf(reachable(entry, true));
  const ofPackages = inputs.filter((input) => packages.some((name) => input.includes(`node_modules/${name}/`)));
  expect(ofPackages).toEqual([]);
  expect(inputs.filter((input) => /-schema\.ts$|^api\//.test(input))).toEqual([]);
});

test('the map comes after the answer: not in the rider’s first script', () => {
  const isMap = (input: string) => input.includes('node_modules/maplibre-gl/');
  expect(inputsOf(reachable(entry, false)).filter(isMap)).toEqual([]);
  expect(inputsOf(reachable(entry, true)).some(isMap)).toBe(true);
});

test('the reader of a city’s own vector tiles comes only where there are some: not even with the map', () => {
  const isReader = (input: string) => /node_modules\/(?:pmtiles|@protomaps\/basemaps|fflate)\//.test(input);
  const map = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === 'web/map/live-map.ts') ?? '';
  expect(inputsOf(reachable(map, false)).filter(isReader)).toEqual([]);
  expect(inputsOf(reachable(entry, true)).some(isReader)).toBe(true);
});

test(`the rider’s first script is at most ${FIRST_SCRIPT_MAX_KB} kB with gzip`, () => {
  const sizes = reachable(entry, false).map((path) => gzipSync(readFileSync(join(root, path)), { level: 9 }).length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(0);
  expect(total).toBeLessThanOrEqual(FIRST_SCRIPT_MAX_KB * 1000);
});
