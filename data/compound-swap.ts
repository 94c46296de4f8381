// Where the riders of a friendly compound change to a bicycle. Pure; phone and server share it.

import type { Core, CorePlace } from './core.ts';
import { type DetailsDocument, readDetails } from './details.ts';
import { metresBetween, PLACE_KINDS } from './place.ts';

/** An exchange that names no compound serves the one whose gate it stands at. */
const AT_THE_GATE_METRES = 250;
/** Compounds of one name in other parts of the city are others. */
const NEAR_METRES = 2000;

/** The bicycle exchange of the compound at position `i` of the core: the one that names it, else the one at its gate. */
export function compoundSwap(core: Core, details: DetailsDocument, i: number): CorePlace | null {
  const scene = core.place(i);
  let best: { place: CorePlace; metres: number } | null = null;
  for (let j = 0; j < core.count; j++) {
    if (PLACE_KINDS[core.kind[j] as number] !== 'bike-swap') continue;
    const place = core.place(j);
    const metres = metresBetween(scene.point, place.point);
    if (metres > NEAR_METRES) continue;
    const compound = readDetails(details, j)?.swap?.compound ?? null;
    const isOwn = compound === scene.name;
    if (compound !== null ? !isOwn : metres > AT_THE_GATE_METRES) continue;
    if (isOwn) return place;
    if (best === null || metres < best.metres) best = { place, metres };
  }
  return best?.place ?? null;
}
