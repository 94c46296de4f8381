// The real index, filled in batches as the store fills it.

import { PlaceIndex } from '../../api/index/place-index.ts';
import { createCalendar } from '../../data/calendar.ts';
import type { City } from '../../data/city.ts';
import { createHoursBook } from '../../data/opening-hours.ts';
import type { Place } from '../../data/place.ts';
import { NOON } from './places.ts';

const BATCH = 500;

export function emptyIndex(city: City): PlaceIndex {
  const hoursBook = createHoursBook({ timezone: city.timezone, calendar: createCalendar(city) });
  return new PlaceIndex({ city, hoursBook, now: () => NOON });
}

export function fill(index: PlaceIndex, places: Iterable<Place>): void {
  let changed: Place[] = [];
  for (const place of places) {
    changed.push(place);
    if (changed.length < BATCH) continue;
    index.apply({ revision: 1, changed, removedIds: [] });
    changed = [];
  }
  index.apply({ revision: 1, changed, removedIds: [] });
  index.settle();
}
