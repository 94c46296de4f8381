// The thread that writes a snapshot: reads all places of one revision, encodes them, says so, and ends.

import { parentPort, workerData } from 'node:worker_threads';
import { createCalendar } from '../data/calendar.ts';
import { HORIZON_DAYS } from '../data/hours.ts';
import { createHoursBook } from '../data/opening-hours.ts';
import { readAllPlaces } from '../data/store/read-places.ts';
import { wallClock } from '../data/wall-clock.ts';
import { type EncodedSnapshot, encodeSnapshot, type WorkerTask } from './snapshot-writer.ts';

const { databaseFile, city, generatedAt, versionEnd } = workerData as WorkerTask;
const { revision, places, announcements } = await readAllPlaces(databaseFile, generatedAt);
const book = createHoursBook({ timezone: city.timezone, calendar: createCalendar(city) });
const wall = wallClock(city.timezone);
const midnight = wall.startOf(wall.dayOf(Math.floor(generatedAt / 60_000)));
const encoded: EncodedSnapshot = encodeSnapshot(places, city, {
  version: `${revision}${versionEnd}`,
  generatedAt,
  announcements,
  expand: (osm) => book.expand(osm, midnight, HORIZON_DAYS),
});
parentPort?.postMessage(encoded);
