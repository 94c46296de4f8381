// Which way, for when no navigator helps.

import { metresBetween, type Point } from '../../data/place.ts';
import { distanceWords } from './words.ts';

const DIRECTIONS = ['北', '东北', '东', '东南', '南', '西南', '西', '西北'];

/** 往东北 430 米: by compass and straight line, for when no navigator helps. */
export function compassWords(from: Readonly<Point>, to: Readonly<Point>): string {
  const east = (to[0] - from[0]) * Math.cos((((from[1] + to[1]) / 2) * Math.PI) / 180);
  const eighths = Math.round(Math.atan2(east, to[1] - from[1]) / (Math.PI / 4));
  return `往${DIRECTIONS[(eighths + 8) % 8]} ${distanceWords(metresBetween(from, to))}`;
}
