// The answer, worked out the slow and obvious way: every place is looked at, from every side, and sorted whole.

import type { Answer, Question, Ways } from '../../data/answer.ts';
import { minutesFor } from '../../data/city.ts';
import type { Core, CorePlace } from '../../data/core.ts';
import { hoursStateAt } from '../../data/hours.ts';
import { metresBetween, PLACE_KINDS } from '../../data/place.ts';
import { type Demotion, demotedFor, tierOf } from '../../data/ranking.ts';
import type { ServiceCode } from '../../data/service.ts';

export interface SlowResult {
  place: CorePlace;
  tier: number;
  demotion: Demotion | null;
  metres: number;
  rideMinutes: number;
  crossing: string | null;
  opensAt: number | null;
  keys: (number | string)[];
}

export interface SlowAnswer {
  outcome: Answer['outcome'];
  usable: SlowResult[];
  uncertain: SlowResult[];
  closed: SlowResult[];
  earliest: SlowResult | undefined;
  aroundTheClock: SlowResult[];
  /** What each wish's absence alone would leave, in the order of the wishes. */
  without: { wish: ServiceCode | 'allDay'; found: SlowResult[] }[];
  straightLines: boolean;
}

export function answerSlowly(core: Core, ways: Ways, question: Question): SlowAnswer {
  const { origin, nowMs } = question;
  const ride = ways.ride.from(origin);
  const reach = (40 / 60) * core.city.speeds.rideKmh * 1000;
  const today = new Date(nowMs + 8 * 3_600_000).toISOString().slice(0, 10);
  const places = Array.from({ length: core.count }, (_, i) => core.place(i));
  const isStranded = core.city.districts.every(({ point }) => ride.to(point) === undefined);
  let straightLines = false;

  const fits = (place: CorePlace, { kinds, services, allDay }: Pick<Question, 'kinds' | 'services' | 'allDay'>) => {
    const isKind = kinds.includes(place.kind) || (place.kind === 'event-point' && services.length === 0);
    const standings = services.map((code) => place.services.find((service) => service.code === code)?.standing);
    const has = standings.every((standing) => standing !== undefined && standing !== 'broken');
    const { from = null, until = null } = place.event ?? {};
    const runs = (from === null || from * 60_000 <= nowMs) && (until === null || nowMs < until * 60_000);
    return isKind && has && runs && (!allDay || place.hours?.allDay === true);
  };

  function resultOf(place: CorePlace, services: readonly ServiceCode[], isStraight: boolean): SlowResult[] {
    const way = isStraight ? { metres: metresBetween(origin, place.point), crossing: null } : ride.to(place.point);
    if (!way || way.metres > reach) return [];
    const rideMinutes = minutesFor(way.metres, core.city.speeds.rideKmh);
    const hours = hoursStateAt(place.hours, place, nowMs);
    const wanted = services.map((code) => place.services.find((each) => each.code === code)?.standing ?? 'unknown');
    const reason = demotedFor({ status: place.status, hours, wanted }, Math.floor(nowMs / 60_000) + rideMinutes);
    const demotion = place.kind === 'scene' && reason === 'hours-unknown' ? null : reason;
    const tier = tierOf(demotion);
    const standing = Math.max(0, ...wanted.map((each) => ['confirmed', 'declared', 'unknown', 'broken'].indexOf(each)));
    const days = place.confirmedDay === null ? 1e9 : Date.parse(today) / 86_400_000 - place.confirmedDay;
    const { metres, crossing } = way;
    const keys = [tier, rideMinutes, standing, days, metres, place.id];
    return [{ place, tier, demotion, metres, rideMinutes, crossing, opensAt: hours.opensAt, keys }];
  }

  function collect(asked: Pick<Question, 'kinds' | 'services' | 'allDay'>): SlowResult[] {
    const fitting = places.filter((place) => fits(place, asked));
    let found = fitting.flatMap((place) => resultOf(place, asked.services, false));
    if (found.length === 0 && isStranded) {
      found = fitting.flatMap((place) => resultOf(place, asked.services, true));
      straightLines ||= found.length > 0;
    }
    return found.sort((a, b) => {
      const i = a.keys.findIndex((key, at) => key !== b.keys[at]);
      return i < 0 ? 0 : (a.keys[i] as number) < (b.keys[i] as number) ? -1 : 1;
    });
  }

  const found = collect(question);
  const [usable, uncertain, closed] = [0, 1, 2].map((tier) => found.filter((each) => each.tier === tier)) as [
    SlowResult[],
    SlowResult[],
    SlowResult[],
  ];
  const mayBeListed = usable.length > 0 || (uncertain.length > 0 && !question.open);
  const outcome = mayBeListed ? 'listed' : closed.length > 0 ? 'all-closed' : 'none';
  const opening = closed.filter(({ opensAt }) => opensAt !== null);
  const near = opening.filter(({ rideMinutes }) => rideMinutes <= 10);
  const first = (near.length > 0 ? near : opening).toSorted((a, b) => Number(a.opensAt) - Number(b.opensAt))[0];
  const wishes = [...question.services, ...(question.allDay ? (['allDay'] as const) : [])];
  return {
    outcome,
    usable,
    uncertain,
    closed,
    earliest: outcome === 'all-closed' ? first : undefined,
    aroundTheClock:
      outcome === 'all-closed'
        ? collect({ kinds: PLACE_KINDS, services: [], allDay: true }).filter(({ tier }) => tier === 0)
        : [],
    without:
      outcome === 'none'
        ? wishes.map((wish) => {
            const services = question.services.filter((code) => code !== wish);
            const rest = { kinds: question.kinds, services, allDay: question.allDay && wish !== 'allDay' };
            return { wish, found: collect(rest).filter(({ tier }) => tier === 0 || (tier === 1 && !question.open)) };
          })
        : [],
    straightLines,
  };
}
