// Builds the web into web/dist, a flat folder: hashed scripts and styles, their compressed forms, `manifest.json` (which
// names the hashed files) and `meta.json` (esbuild's own account, which the tests read). `--watch` builds at each change.

import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));
const dist = join(root, 'web/dist');
const isWatching = process.argv.includes('--watch');

/** What the server must know by name: the entry's name here → its source. */
const entries = {
  rider: 'web/rider/main.ts',
  style: 'web/styles/rider.css',
  // The library's worker, as it is: MapLibre is told where it lies.
  'map-worker': 'node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs',
};
/** A build of its own, so that no chunk is shared: riders load and keep nothing that only the desk needs. */
const deskEntries = { desk: 'web/desk/main.ts', 'desk-style': 'web/styles/desk.css' };
const KEPT_NAMES = /\.(svg|png|webmanifest)$/;
const COMPRESSED = /\.(js|css|svg)$/;

/** The last good result of each build; written together. */
const built = {};
const finish = (name) => ({
  name: 'finish',
  setup(build) {
    build.onEnd((result) => {
      if (result.errors.length > 0) return;
      built[name] = result;
      if (built.rider && built.desk) write(built.rider, built.desk);
    });
  },
});

const options = {
  absWorkingDir: root,
  entryPoints: entries,
  outdir: 'web/dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  // Old web-views; MapLibre brings what it needs.
  target: 'es2020',
  minify: true,
  legalComments: 'none',
  charset: 'utf8',
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  metafile: true,
  write: false,
  logLevel: 'warning',
  plugins: [finish('rider')],
};
const deskOptions = { ...options, entryPoints: deskEntries, target: 'es2022', plugins: [finish('desk')] };

/** A classic script of its own: no module, nothing shared. */
function buildScript(name, changes = {}) {
  const { outputFiles } = esbuild.buildSync({
    ...options,
    entryPoints: { [name]: `web/rider/${name}.ts` },
    format: 'iife',
    splitting: false,
    metafile: false,
    plugins: [],
    ...changes,
  });
  return outputFiles[0];
}

/** Files of the app without which it does not start: all but the live map, which comes when it is wanted. */
function neededFiles(outputs) {
  const byPath = new Map(outputs);
  const needed = new Set();
  const take = (path) => {
    if (needed.has(path) || !byPath.has(path) || byPath.get(path).entryPoint?.startsWith('web/map/')) return;
    needed.add(path);
    for (const { path: next } of byPath.get(path).imports) take(next);
  };
  for (const [path, { entryPoint }] of outputs) if ([entries.rider, entries.style].includes(entryPoint)) take(path);
  return [...needed].map((path) => path.replace('web/dist/', ''));
}

/** Keeps the app for when there is no network. Written last: it names all other files and the build as a whole. */
function buildServiceWorker(outputs, files, icons) {
  const needed = [...neededFiles(outputs), files['first-paint']];
  const extra = outputs.map(([path]) => path.replace('web/dist/', '')).filter((name) => !needed.includes(name));
  const hash = createHash('sha256').update(JSON.stringify([needed, extra].map((names) => [...names].sort())));
  for (const [name, contents] of icons) hash.update(name).update(contents);
  const build = hash.digest('hex').slice(0, 12);
  const paths = (names) => JSON.stringify(names.map((name) => `/assets/${name}`));
  const script = buildScript('service-worker', {
    entryNames: '[name]',
    define: {
      BUILD: JSON.stringify(build),
      NEEDED: JSON.stringify([
        ...[...needed, 'icon.svg', 'icon-192.png'].map((name) => `/assets/${name}`),
        '/manifest.webmanifest',
      ]),
      EXTRA: paths(extra),
      RIDER_SCRIPT: JSON.stringify(files.rider),
    },
  });
  return { build, script };
}

/** Into a folder beside it first, so that a server that reads meanwhile sees the old or the new, never half of it. */
function write({ outputFiles, metafile }, desk) {
  const fresh = `${dist}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  const firstPaint = buildScript('first-paint');
  for (const file of [...outputFiles, ...desk.outputFiles, firstPaint])
    put(fresh, file.path.slice(dist.length + 1), file.contents);
  const folder = join(root, 'web/icons');
  const icons = readdirSync(folder)
    .filter((name) => KEPT_NAMES.test(name))
    .map((name) => [name, readFileSync(join(folder, name))]);
  for (const [name, contents] of icons) put(fresh, name, contents);
  const outputs = Object.entries(metafile.outputs);
  const files = Object.fromEntries(
    Object.entries(entries).map(([name, source]) => [name, entryOf(metafile, source).file]),
  );
  const { preload } = entryOf(metafile, entries.rider);
  const map = scriptsOf(metafile, ['web/rider/map-hand.ts', 'web/map/live-map.ts', 'web/map/rings.ts'], preload);
  files['first-paint'] = firstPaint.path.slice(dist.length + 1);
  const { build, script: worker } = buildServiceWorker(outputs, files, icons);
  put(fresh, 'service-worker.js', worker.contents);
  const script = entryOf(desk.metafile, deskEntries.desk);
  const style = entryOf(desk.metafile, deskEntries['desk-style']).file;
  const manifest = { ...files, preload, map, build, desk: { script: script.file, style, preload: script.preload } };
  writeFileSync(join(fresh, 'meta.json'), JSON.stringify(metafile));
  writeFileSync(join(fresh, 'manifest.json'), JSON.stringify(manifest, null, 1));
  if (isWatching) {
    // Keeps the folder that the watcher holds.
    cpSync(fresh, dist, { recursive: true });
    rmSync(fresh, { recursive: true, force: true });
    return;
  }
  rmSync(dist, { recursive: true, force: true });
  renameSync(fresh, dist);
}

/** The file that an entry became, and those that it imports at once. The libraries may lie elsewhere. */
function entryOf({ outputs }, source) {
  const [path, { imports }] = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint?.endsWith(source));
  const isAtOnce = ({ kind }) => kind === 'import-statement';
  const name = (each) => each.replace('web/dist/', '');
  return { file: name(path), preload: imports.filter(isAtOnce).map((each) => name(each.path)) };
}

/** The files that these come in, and all that those import, but for what is there before. */
function scriptsOf(metafile, sources, known) {
  const found = new Set();
  const take = (name) => {
    if (found.has(name) || known.includes(name)) return;
    found.add(name);
    for (const { path, kind } of metafile.outputs[`web/dist/${name}`].imports) {
      if (kind === 'import-statement') take(path.replace('web/dist/', ''));
    }
  };
  for (const source of sources) take(entryOf(metafile, source).file);
  return [...found];
}

function put(folder, name, contents) {
  writeFileSync(join(folder, name), contents);
  if (!COMPRESSED.test(name) || isWatching) return;
  writeFileSync(join(folder, `${name}.gz`), gzipSync(contents, { level: 9 }));
  const parameters = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: contents.length };
  writeFileSync(join(folder, `${name}.br`), brotliCompressSync(contents, { params: parameters }));
}

if (isWatching) {
  mkdirSync(dist, { recursive: true });
  for (const each of [options, deskOptions]) await (await esbuild.context(each)).watch();
} else {
  await Promise.all([esbuild.build(options), esbuild.build(deskOptions)]);
}
