// What the pins mean: the kinds that are on the map, and the marks that any of them may wear.

import { html, svg, type TemplateResult } from 'lit';
import { PLACE_KIND_LABELS, type PlaceKind } from '../../data/place.ts';
import { type PinLook, pin } from '../pages/pin.ts';

const MARKS: readonly { label: string; look: Omit<PinLook, 'kind'> }[] = [
  { label: '现在关着', look: { closed: true } },
  { label: '有设施故障', look: { fault: true } },
  { label: '位置是大概的', look: { approximate: true } },
];

export function legend(kinds: readonly PlaceKind[]): TemplateResult {
  const [first = 'station'] = kinds;
  const entries = [
    ...kinds.map((kind) => ({ label: PLACE_KIND_LABELS[kind], look: { kind } })),
    ...MARKS.map(({ label, look }) => ({ label, look: { kind: first, ...look } })),
  ];
  return html`<ul class="map-legend" aria-label="图例">
    ${entries.map(({ label, look }) => html`<li>${pin({ html, svg }, look)}${label}</li>`)}
  </ul>`;
}
