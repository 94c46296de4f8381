// Chance that can be repeated: the same seed draws the same numbers on every machine.

/** `[value, weight]` pairs; the weights need not add up to one. */
export type Weighted<Value> = readonly (readonly [value: Value, weight: number])[];

export interface Random {
  /** At least 0, under 1. */
  next(): number;
  /** A whole number, both ends included. */
  whole(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
  /** One value, as likely as its weight says. */
  draw<Value>(weighted: Weighted<Value>): Value;
  /** Normally distributed around 0 with deviation 1. */
  normal(): number;
  shuffle<Value>(values: readonly Value[]): Value[];
  /** `count` values whose shares are the weights exactly (largest remainder), in random order. */
  deal<Value>(weighted: Weighted<Value>, count: number): Value[];
}

/** A stream of its own for each seed and purpose, so that a change to one kind of place moves no other. */
export function createRandom(seed: number, purpose: string): Random {
  const next = smallFastCounter(hash(`${seed}/${purpose}`));
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));

  function pick<Value>(values: readonly Value[]): Value {
    if (values.length === 0) throw new Error(`nothing to pick from for ${purpose}`);
    return values[whole(0, values.length - 1)] as Value;
  }

  function draw<Value>(weighted: Weighted<Value>): Value {
    let left = next() * weighted.reduce((sum, [, weight]) => sum + weight, 0);
    const found = weighted.find(([, weight]) => {
      left -= weight;
      return left < 0;
    });
    // Rounding may leave a crumb after the last weight.
    return (found ?? (weighted.at(-1) as readonly [Value, number]))[0];
  }

  function shuffle<Value>(values: readonly Value[]): Value[] {
    const shuffled = [...values];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = whole(0, last);
      [shuffled[last], shuffled[other]] = [shuffled[other] as Value, shuffled[last] as Value];
    }
    return shuffled;
  }

  return {
    next,
    whole,
    pick,
    draw,
    shuffle,
    chance: (probability) => next() < probability,
    // Box and Muller; 1 - next() is never 0.
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    deal: (weighted, count) => {
      const shares = apportion(
        weighted.map(([, weight]) => weight),
        count,
      );
      return shuffle(weighted.flatMap(([value], index) => Array.from({ length: shares[index] ?? 0 }, () => value)));
    },
  };
}

/** Whole shares of `total` in proportion to the weights, by largest remainder; they add up to `total`. */
export function apportion(weights: readonly number[], total: number): number[] {
  if (total === 0) return weights.map(() => 0);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (!(sum > 0)) throw new Error('weights must add up to more than 0');
  const exact = weights.map((weight) => (weight / sum) * total);
  const shares = exact.map(Math.floor);
  const missing = total - shares.reduce((all, share) => all + share, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, missing)) shares[index] = (shares[index] ?? 0) + 1;
  return shares;
}

/** FNV-1a over UTF-16 units, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

/** sfc32 (Chris Doty-Humphrey, PractRand), warmed up from one 32-bit seed. */
function smallFastCounter(seed: number): () => number {
  let a = seed;
  let b = seed ^ 0x9e3779b9;
  let c = 0x243f6a88;
  let counter = 1;
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 15; round++) next();
  return next;
}
