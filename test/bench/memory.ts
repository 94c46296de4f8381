// What a hundred thousand more places cost an API node, measured in processes of their own.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { NodeMemory } from './memory-child.ts';
import { CITY_SIZE, COUNTRY_SIZE } from './places.ts';
import { atMost, type Row, shown } from './table.ts';

const MEGABYTE = 1e6;

export async function benchMemory(): Promise<Row[]> {
  const city = await memoryOf(CITY_SIZE);
  const country = await memoryOf(COUNTRY_SIZE);
  const growth = (measure: (memory: NodeMemory) => number) =>
    (measure(country) - measure(city)) / ((COUNTRY_SIZE - CITY_SIZE) / 100_000) / MEGABYTE;
  const held = growth(({ heapUsed, external }) => heapUsed + external);
  const resident = growth(({ rss }) => rss);
  return [
    atMost('memory per 100k places on an API node: heap + external', held, 200, 80, ' MB'),
    atMost('memory per 100k places on an API node: resident', resident, 200, 80, ' MB'),
    { what: '  a pinned feature of these places, mean', figure: shown(country.meanFeatureBytes / 1000, ' kB') },
  ];
}

async function memoryOf(count: number): Promise<NodeMemory> {
  const child = fork(join(import.meta.dirname, 'memory-child.ts'), [String(count)], { execArgv: ['--expose-gc'] });
  const [memory] = (await once(child, 'message')) as [NodeMemory];
  await once(child, 'exit');
  return memory;
}
