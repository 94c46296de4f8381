// What every step of a demonstration draws from.

import type { City } from './city-schema.ts';
import type { DemoClock } from './demo-clock.ts';
import type { Ground } from './demo-ground.ts';
import type { Demo } from './demo-schema.ts';
import type { Speech } from './demo-words.ts';

export interface DemoWorld {
  city: City;
  demo: Demo;
  seed: number;
  clock: DemoClock;
  ground: Ground;
  speech: Speech;
}
