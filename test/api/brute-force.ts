// What the index must answer, worked out place by place from the store's own rows: slow and obvious.

import { hoursSubjectOf } from '../../api/index/place-slots.ts';
import type { ListQuery, NearestQuery, PlaceFilter } from '../../api/index/query.ts';
import { type City, minutesFor } from '../../data/city.ts';
import { hoursStateAt } from '../../data/hours.ts';
import type { HoursBook } from '../../data/opening-hours.ts';
import { isPublicStatus, metresBetween, type Place } from '../../data/place.ts';
import { demotedFor } from '../../data/ranking.ts';
import { serviceStanding } from '../../data/service.ts';
import { prepareWays, type WayNetwork } from '../../data/way.ts';

export interface Expected {
  id: string;
  distanceMetres: number;
  walkMinutes: number | null;
  crossing: string | null;
  demotedFor: string | null;
}

export function bruteForce(city: City, hoursBook: HoursBook, places: readonly Place[], nowMs: number) {
  const visible = places.filter((place) => isPublicStatus(place.status));
  const ride: WayNetwork = prepareWays(city, 'ride');
  const walk: WayNetwork = prepareWays(city, 'walk');

  function hoursOf(place: Place, atMs: number) {
    return hoursStateAt(hoursBook.expand(place.hoursOsm, nowMs / 60_000), hoursSubjectOf(place), atMs);
  }

  function passes(place: Place, filter: PlaceFilter & { atMs: number }): boolean {
    const { state } = hoursOf(place, filter.atMs);
    const isOpen = (state === 'open' || state === 'closing-soon') && place.status !== 'disputed';
    return (
      (filter.kinds.length === 0 || filter.kinds.includes(place.kind)) &&
      filter.services.every((code) => place.services.some((each) => each.code === code && each.state !== 'broken')) &&
      (!filter.open || isOpen) &&
      (!filter.allDay || place.hoursOsm === '24/7')
    );
  }

  function demotion(place: Place, query: NearestQuery, metres: number) {
    const wanted = query.services.map((code) => {
      const service = place.services.find((each) => each.code === code);
      return service ? serviceStanding(service) : 'unknown';
    });
    const arrival = Math.floor(query.atMs / 60_000) + minutesFor(metres, city.speeds.rideKmh);
    return demotedFor({ status: place.status, hours: hoursOf(place, query.atMs), wanted }, arrival);
  }

  return {
    nearest(query: NearestQuery): Expected[] {
      const ways = ride.from(query.point);
      const walks = walk.from(query.point);
      const reachesAny = visible.some((place) => ways.to(place.point) !== undefined);
      return visible
        .filter((place) => passes(place, query))
        .flatMap((place) => {
          const straight = { metres: metresBetween(query.point, place.point), crossing: null };
          const way = reachesAny ? ways.to(place.point) : straight;
          return way && way.metres <= query.maxDistanceMetres ? [{ place, ...way }] : [];
        })
        .sort((a, b) => a.metres - b.metres || (a.place.id < b.place.id ? -1 : 1))
        .slice(0, query.limit)
        .map(({ place, metres, crossing }) => {
          const walked = reachesAny ? walks.to(place.point)?.metres : metres;
          return {
            id: place.id,
            distanceMetres: Math.round(metres),
            walkMinutes: walked === undefined ? null : minutesFor(walked, city.speeds.walkKmh),
            crossing,
            demotedFor: demotion(place, query, metres),
          };
        });
    },

    listed(query: ListQuery): string[] {
      const [west, south, east, north] = query.bbox ?? [-180, -90, 180, 90];
      return visible
        .filter((place) => passes(place, query))
        .filter(({ point: [lng, lat] }) => lng >= west && lng <= east && lat >= south && lat <= north)
        .filter((place) => query.district === undefined || place.district === query.district)
        .map((place) => place.id)
        .sort();
    },
  };
}
