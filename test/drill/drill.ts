// `npm run drill [-- kill|power|disk|busy|stop|slow]`: faults that take long to provoke, bar beside figure. The tests hold short versions.

import { busy } from './busy.ts';
import { disk } from './disk.ts';
import { kill } from './kill.ts';
import { power } from './power.ts';
import { slow } from './slow.ts';
import { stop } from './stop.ts';

export interface Finding {
  what: string;
  figure: string;
  bar: string;
  holds: boolean;
}

const DRILLS: Record<string, () => Promise<Finding[]>> = { kill, power, disk, busy, stop, slow };

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in DRILLS));
if (unknown.length > 0) {
  process.stderr.write(`No drill ${unknown.join(', ')}. There are: ${Object.keys(DRILLS).join(', ')}.\n`);
  process.exit(2);
}

let isAllWell = true;
for (const name of wanted.length > 0 ? wanted : Object.keys(DRILLS)) {
  process.stdout.write(`${name}\n`);
  for (const { what, figure, bar, holds } of await (DRILLS[name] as () => Promise<Finding[]>)()) {
    process.stdout.write(`  ${holds ? 'holds' : 'FAILS'}  ${what}: ${figure} (bar: ${bar})\n`);
    isAllWell &&= holds;
  }
}
process.exit(isAllWell ? 0 : 1);
