// What an answer to `nearest` costs over HTTP, in CPU of the server, against a bare node:http that sends as many bytes.

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Feature } from '../../api/index/feature.ts';
import type { Report, Role } from './http-child.ts';
import { askAll } from './load.ts';
import { type SeededCity, seedCity } from './places.ts';
import { askers, createChecker, FILTERED, nearestQuery, PLAIN } from './questions.ts';
import { atLeast, median, type Row, shown } from './table.ts';

const LIMIT = 5;
const ROUNDS = 9;
const QUESTIONS_A_ROUND = 4000;
/** Until the compiler has nothing left to do. */
const WARM_UP = 24_000;
const CHECKED = 40;

const PLAIN_TAIL = `&limit=${LIMIT}`;
const FILTERED_TAIL = `${PLAIN_TAIL}&kinds=${FILTERED.kinds}&services=${FILTERED.services}&open=true`;

export async function benchHttp(): Promise<Row[]> {
  const seeded = await seedCity();
  const ours = await start({ serve: 'ours', file: seeded.file });
  await check(ours.port, seeded);
  const rows = [
    ...(await compare(ours, seeded, 'all kinds', PLAIN_TAIL, true)),
    ...(await compare(ours, seeded, 'open stations with two services', FILTERED_TAIL, false)),
  ];
  ours.stop();
  await seeded.remove();
  return rows;
}

async function compare(
  ours: Running,
  { loaded, places }: SeededCity,
  name: string,
  tail: string,
  hasBar: boolean,
): Promise<Row[]> {
  const points = askers(loaded.city, places, `http ${name}`);
  const paths = (count: number) =>
    Array.from({ length: count }, () => {
      const [lng, lat] = points.next().value;
      return `/api/nearest?lng=${lng}&lat=${lat}${tail}`;
    });
  const bare = await start(await sameBytes(ours.port, paths(CHECKED)));
  await askAll(ours.port, paths(WARM_UP));
  await askAll(bare.port, paths(WARM_UP));
  const rounds: { ours: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const asked = paths(QUESTIONS_A_ROUND);
    rounds.push({ ours: await cpuMicroseconds(ours, asked), bare: await cpuMicroseconds(bare, asked) });
  }
  bare.stop();
  const what = `nearest over HTTP, ${name}: CPU of bare node:http ÷ ours`;
  const ratio = median(rounds.map((round) => round.bare / round.ours));
  const spent = `${shown(median(rounds.map((each) => each.bare)))} / ${shown(median(rounds.map((each) => each.ours)))}`;
  return [
    hasBar ? atLeast(what, ratio, 0.4, 0.75) : { what, figure: shown(ratio) },
    { what: '  a request, bare / ours', figure: `${spent} µs` },
  ];
}

async function cpuMicroseconds(server: Running, paths: readonly string[]): Promise<number> {
  const before = await server.cpuMicroseconds();
  await askAll(server.port, paths);
  return ((await server.cpuMicroseconds()) - before) / paths.length;
}

/** The one of some answers whose length is the middle one, to be sent again with its headers. */
async function sameBytes(port: number, paths: readonly string[]): Promise<Role> {
  const answers = await Promise.all(
    paths.map(async (path) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`);
      return { headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
    }),
  );
  answers.sort((a, b) => a.body.length - b.body.length);
  const { headers, body } = answers[answers.length >> 1] as (typeof answers)[number];
  // node:http writes these by itself.
  const own = ['date', 'connection', 'keep-alive'];
  const sent = [...headers].filter(([name]) => !own.includes(name));
  return { serve: 'bare', headers: Object.fromEntries(sent), bodyBase64: body.toString('base64') };
}

async function check(port: number, { loaded, places }: SeededCity): Promise<void> {
  const points = askers(loaded.city, places, 'http check');
  const queries = Array.from({ length: CHECKED }, (_, i) =>
    nearestQuery(points.next().value, i % 2 === 0 ? PLAIN : FILTERED, LIMIT),
  );
  const paths = queries.map(
    ({ point: [lng, lat] }, i) => `/api/nearest?lng=${lng}&lat=${lat}${i % 2 === 0 ? PLAIN_TAIL : FILTERED_TAIL}`,
  );
  const bodies = await askAll(port, paths, CHECKED);
  const checkAnswer = createChecker(loaded.city, places);
  queries.forEach((query, i) => {
    checkAnswer(query, (JSON.parse(String(bodies[i])) as { features: Feature[] }).features);
  });
}

interface Running {
  port: number;
  /** User and system time of its process so far. */
  cpuMicroseconds(): Promise<number>;
  stop(): void;
}

async function start(role: Role): Promise<Running> {
  const child = fork(join(import.meta.dirname, 'http-child.ts'));
  child.send(role);
  const started = await reportOf(child);
  if (!('port' in started)) throw new Error('the server did not say where it listens');
  return {
    port: started.port,
    async cpuMicroseconds() {
      child.send('cpu');
      const report = await reportOf(child);
      return 'cpuMicroseconds' in report ? report.cpuMicroseconds : Number.NaN;
    },
    stop: () => child.disconnect(),
  };
}

async function reportOf(child: ChildProcess): Promise<Report> {
  const ended = new AbortController();
  const onExit = () => ended.abort(new Error('the server ended'));
  child.once('exit', onExit);
  try {
    return ((await once(child, 'message', { signal: ended.signal })) as [Report])[0];
  } finally {
    child.off('exit', onExit);
  }
}
