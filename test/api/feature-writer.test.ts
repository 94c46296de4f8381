import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FeatureArena } from '../../api/index/feature-arena.ts';
import { type FeatureParts, FeatureWriter } from '../../api/index/feature-writer.ts';
import { DEMOTIONS } from '../../data/ranking.ts';

const whole = fc.oneof(fc.nat(), fc.constantFrom(0, 9, 10, 99, 100, Number.MAX_SAFE_INTEGER));
const anyTravel = fc.record({
  distanceMetres: whole,
  rideMinutes: whole,
  walkMinutes: fc.option(whole),
  crossing: fc.option(fc.stringMatching(/^[a-z][a-z0-9-]{0,80}$/)),
});
const anyPlace = fc.record({
  name: fc.string({ unit: 'grapheme' }),
  hours: fc.string({ unit: 'grapheme' }),
  travel: fc.option(anyTravel, { nil: undefined }),
  demotedFor: fc.option(fc.constantFrom(...DEMOTIONS)),
});
const NOBODY = { distanceMetres: null, rideMinutes: null, walkMinutes: null, crossing: null };

test('features are written as JSON would be, however many, and no answer touches another', () => {
  const writer = new FeatureWriter();
  const earlier: { bytes: Buffer; text: string }[] = [];
  fc.assert(
    fc.property(fc.array(anyPlace), fc.boolean(), (places, isWrapped) => {
      const arena = new FeatureArena(16);
      const parts = places.map(({ name, hours, travel, demotedFor }): FeatureParts => {
        const fixed = Buffer.from(`{"properties":{"name":${JSON.stringify(name)}`);
        const offset = arena.add(fixed);
        const state = Buffer.from(`,"hours":${JSON.stringify(hours)}`);
        return { offset, length: fixed.length, hours: state, travel, demotedFor };
      });
      const bytes = writer.join(arena, parts, isWrapped ? { head: '[', tail: ']' } : undefined);
      const text = JSON.stringify(
        places.map(({ name, hours, travel = NOBODY, demotedFor }) => ({
          properties: {
            name,
            hours,
            distanceMetres: travel.distanceMetres,
            rideMinutes: travel.rideMinutes,
            walkMinutes: travel.walkMinutes,
            crossing: travel.crossing,
            demotedFor,
          },
        })),
      );
      expect(String(bytes)).toBe(isWrapped ? text : text.slice(1, -1));
      earlier.push({ bytes, text: String(bytes) });
    }),
  );
  for (const { bytes, text } of earlier) expect(String(bytes)).toBe(text);
});
