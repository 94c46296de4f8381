// Jest's TypeScript: esbuild strips the types, native ESM does the rest.
import { createHash } from 'node:crypto';
import { transformSync, version } from 'esbuild';

const options = { loader: 'ts', format: 'esm', target: 'node24', sourcemap: 'inline' };

export default {
  process(source, file) {
    return { code: transformSync(source, { ...options, sourcefile: file }).code };
  },
  getCacheKey(source, file) {
    return createHash('sha256').update(`${version}\0${file}\0${source}`).digest('hex');
  },
};
