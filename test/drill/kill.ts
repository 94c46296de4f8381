// kill -9 amid eight writers over HTTP, two hundred times: is everything still there that was acknowledged?

import type { Finding } from './drill.ts';
import { killRounds } from './kill-rounds.ts';

const ROUNDS = 200;

export async function kill(): Promise<Finding[]> {
  const { acknowledged, lost, doubled, damaged, slowestStartMs } = await killRounds(ROUNDS);
  return [
    {
      what: `acknowledged reports lost in ${ROUNDS} rounds with 8 writers over HTTP`,
      figure: `${lost} of ${acknowledged}`,
      bar: '0',
      holds: lost === 0,
    },
    { what: 'reports that arrived twice', figure: `${doubled}`, bar: '0', holds: doubled === 0 },
    {
      what: 'rounds after which database or audit chain was damaged',
      figure: `${damaged}`,
      bar: '0',
      holds: damaged === 0,
    },
    {
      what: 'slowest start after a kill, until it answers',
      figure: `${slowestStartMs.toFixed(0)} ms`,
      bar: '≤ 1000 ms',
      holds: slowestStartMs <= 1000,
    },
  ];
}
