import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { createAssets } from '../../api/routes/assets.ts';
import { temporaryFolder } from '../data/store/support.ts';

test('built files are found with their compressed forms; those with a hash in their name are for ever', async () => {
  const folder = temporaryFolder();
  const script = Buffer.from('console.log(1)');
  writeFileSync(path.join(folder, 'rider-4F3K2MQZ.js'), script);
  writeFileSync(path.join(folder, 'rider-4F3K2MQZ.js.br'), brotliCompressSync(script));
  writeFileSync(path.join(folder, 'rider-4F3K2MQZ.js.gz'), gzipSync(script));
  writeFileSync(path.join(folder, 'manifest.json'), '{}');
  const assets = createAssets(folder);
  const built = await assets.read('rider-4F3K2MQZ.js');
  expect(built).toMatchObject({ type: 'text/javascript; charset=utf-8', isImmutable: true });
  expect(built?.body.identity).toEqual(script);
  expect(built?.body.brotli).toEqual(brotliCompressSync(script));
  expect((await assets.read('manifest.json'))?.isImmutable).toBe(false);

  writeFileSync(path.join(folder, 'manifest.json'), '{"changed":true}');
  expect((await assets.read('manifest.json'))?.body.identity.toString()).toBe('{"changed":true}');
});

test('nothing outside the folder, nothing hidden and nothing of an unknown type is served', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, '.secret.js'), 'x');
  writeFileSync(path.join(folder, 'yizhan.sqlite'), 'x');
  const assets = createAssets(folder);
  const names = ['.secret.js', 'yizhan.sqlite', '../package.json', '..\\x.js', 'a/b.js', 'nothing.js', '', '\0.js'];
  for (const name of names) expect(await assets.read(name)).toBeUndefined();
});
