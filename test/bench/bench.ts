// The way into the benches: `npm run bench [-- http|index|snapshot|web|memory …]`, all of them when none is named.
// `--large` adds two million places to `index`. Exit code 1 when a bar does not hold, 2 for a name that is none.
import '../../data/utc.ts';
import { benchHttp } from './http.ts';
import { benchIndex } from './index.ts';
import { benchMemory } from './memory.ts';
import { benchSnapshot } from './snapshot.ts';
import { type Row, tableOf } from './table.ts';
import { benchWeb } from './web.ts';

const BENCHES: Record<string, (options: { large: boolean }) => Promise<Row[]>> = {
  http: benchHttp,
  index: benchIndex,
  snapshot: benchSnapshot,
  web: benchWeb,
  memory: benchMemory,
};

const words = process.argv.slice(2);
const large = words.includes('--large');
const names = words.filter((word) => word !== '--large');
const strange = names.filter((name) => !Object.hasOwn(BENCHES, name));
if (strange.length > 0) {
  process.stderr.write(`No such bench: ${strange.join(', ')}. There are ${Object.keys(BENCHES).join(', ')}.\n`);
  process.exit(2);
}

const rows: Row[] = [];
for (const [name, bench] of Object.entries(BENCHES)) {
  if (names.length > 0 && !names.includes(name)) continue;
  process.stderr.write(`${name} …\n`);
  rows.push(...(await bench({ large })));
}
process.stdout.write(`${tableOf(rows)}\n`);
process.exitCode = rows.some((row) => row.holds === false) ? 1 : 0;
