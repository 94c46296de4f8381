import { expect, test } from '@jest/globals';
import { killRounds } from '../drill/kill-rounds.ts';

test('five times killed amid eight riders who report: nothing acknowledged is lost, nothing arrives twice', async () => {
  const { acknowledged, lost, doubled, damaged } = await killRounds(5);
  expect(acknowledged).toBeGreaterThanOrEqual(200);
  expect({ lost, doubled, damaged }).toEqual({ lost: 0, doubled: 0, damaged: 0 });
}, 300_000);
