// GET /api/desk/hours-reading: opening hours read back to whoever writes them, before they are saved.

import { hoursStateAt, weekTable } from '../../data/hours.ts';
import { hoursReading } from '../../data/hours-reading.ts';
import type { HoursReading } from '../../data/hours-reading-schema.ts';
import { hoursWords, momentWords } from '../../data/hours-words.ts';
import { checkOpeningHours } from '../../data/opening-hours.ts';
import type { AppContext } from '../context.ts';
import type { Parameter } from '../parameters.ts';
import { problemOf } from '../problem.ts';
import { sendOwn } from '../reply.ts';
import { type Route, route } from '../route.ts';

export function hoursReadingRoutes({ headers, index, city, now }: AppContext): Route[] {
  function read(osm: string): HoursReading {
    const check = checkOpeningHours(osm);
    if (!check.ok) throw problemOf([{ field: 'osm', code: 'unknown-value', message: check.message }]);
    const { canonical, advice = null } = check;
    const nowMs = now();
    const { timezone } = city;
    const expansion = index.expand(canonical);
    const subject = { status: 'active', statusUntil: null, exceptions: [] } as const;
    const state = hoursStateAt(expansion, subject, nowMs);
    // An open place opens next after it has closed.
    const { opensAt } = state.until === null ? state : hoursStateAt(expansion, subject, state.until * 60_000);
    return {
      canonical,
      words: hoursReading(canonical),
      advice,
      now: hoursWords({ state, expansion, nowMs, timezone }),
      opensAt: opensAt === null ? null : momentWords(opensAt * 60_000, nowMs, timezone),
      week: weekTable(expansion, subject, nowMs, timezone).map((row) => ({
        ...row,
        ranges:
          typeof row.ranges === 'string'
            ? row.ranges
            : row.ranges.map(([start, end]): [string, string] => [start, end]),
      })),
    };
  }

  return [
    route({
      method: 'get',
      path: '/api/desk/hours-reading',
      access: { roles: ['admin', 'curator', 'grid-worker', 'keeper', 'merchant'] },
      query: { osm: hoursText() },
      operation: {
        id: 'readHoursBack',
        tag: '点位管理',
        summary: '把开放时间念回来：写的是什么意思，现在开吗，下次几时开',
        answers: { 200: { description: '念出来的', content: { 'application/json': 'HoursReading' } } },
      },
      handle(_request, response, { osm }) {
        sendOwn(response, headers, read(osm));
      },
    }),
  ];
}

function hoursText(): Parameter<string> {
  return {
    description: 'OSM opening_hours 写法，例如 Mo-Fr 08:30-17:00; PH off',
    schema: { type: 'string', maxLength: 255 },
    absent: '',
    required: true,
    parse: (text) => ({ value: text }),
  };
}
