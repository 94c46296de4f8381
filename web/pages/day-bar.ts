// A day as a bar: when it goes, when it does not, and where now is. Widths are percentages, so that type keeps its size.

import { clockText, MINUTES_A_DAY } from '../../data/wall-clock.ts';
import type { Html, Tags } from './html.ts';

export interface DayBarView {
  /** Flat pairs of wall minutes from midnight, 0 to 1440. */
  stretches: readonly number[];
  /** Wall minute of now. */
  now: number;
  /** The same in words, for those who do not see it. */
  label: string;
}

/** How much of a narrow phone's bar one character takes, in percent of the bar. */
const CHARACTER_SHARE = 3.9;

export function dayBar({ html, svg }: Tags, { stretches, now, label }: DayBarView): Html {
  const spans = pairs(stretches);
  return html`<svg class="day-bar" width="100%" height="46" role="img" aria-label="${label}">
    <rect class="day-track" x="0" y="4" width="100%" height="18" rx="9"></rect>
    ${spans.map(([from, until]) => svg`<rect class="day-open" x="${share(from)}" y="4" width="${share(until - from)}" height="18"></rect>`)}
    <rect class="day-edge" x="0" y="4" width="100%" height="18" rx="9"></rect>
    <svg class="day-now-box" x="${share(now)}" y="0" overflow="visible"><rect class="day-now" x="-3" y="0" width="6" height="26" rx="3"></rect></svg>
    ${hourLabels(stretches).map(({ at, text, anchor }) => svg`<text class="day-hour" x="${share(at)}" y="42" text-anchor="${anchor}">${text}</text>`)}
  </svg>`;
}

/** 0 and 24, and the bounds that find room between them. */
export function hourLabels(stretches: readonly number[]): { at: number; text: string; anchor: string }[] {
  const labels = [
    { at: 0, text: '0 点', anchor: 'start', left: 0, right: 4 * CHARACTER_SHARE },
    { at: MINUTES_A_DAY, text: '24', anchor: 'end', left: 100 - 3 * CHARACTER_SHARE, right: 100 },
  ];
  for (const at of stretches) {
    if (at <= 0 || at >= MINUTES_A_DAY) continue;
    const text = at % 60 === 0 ? String(at / 60) : clockText(at);
    const middle = (at / MINUTES_A_DAY) * 100;
    const half = ((text.length + 1) * CHARACTER_SHARE) / 2;
    const label = { at, text, anchor: 'middle', left: middle - half, right: middle + half };
    if (labels.every((other) => label.right <= other.left || label.left >= other.right)) labels.push(label);
  }
  return labels.map(({ at, text, anchor }) => ({ at, text, anchor }));
}

function share(minutes: number): string {
  return `${Math.round((minutes / MINUTES_A_DAY) * 10_000) / 100}%`;
}

function pairs(flat: readonly number[]): [number, number][] {
  return Array.from({ length: flat.length >> 1 }, (_, i) => [flat[2 * i] as number, flat[2 * i + 1] as number]);
}
