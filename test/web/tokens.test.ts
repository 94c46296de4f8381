import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { COLOUR_TOKENS, colourOf, contrastRatio, THEME_NAMES } from './tokens.ts';

/** What is written on what. */
const TEXT_PAIRS = [
  ...['text', 'muted', 'brand', 'warm', 'ok', 'warn', 'bad'].flatMap((text) =>
    ['bg', 'surface', 'sunk'].map((ground) => [text, ground] as const),
  ),
  ...['brand', 'warm', 'ok', 'warn', 'bad', 'off'].map((name) => [name, `${name}-bg`] as const),
  ...['brand-bg', 'warm-bg', 'ok-bg', 'warn-bg', 'bad-bg', 'off-bg'].map((ground) => ['text', ground] as const),
  ['muted', 'brand-bg'],
  ['muted', 'off-bg'],
  ['on-main', 'main'],
  ['on-brand', 'brand'],
  ['map-text', 'map-land'],
  ['map-text', 'map-north'],
  ['map-water-text', 'map-water'],
] as const;

describe.each(THEME_NAMES)('in the %s theme', (theme) => {
  test('whatever is written stands out at least 4.5 to 1', () => {
    const faint = TEXT_PAIRS.map(([text, ground]) => ({
      pair: `${text} on ${ground}`,
      ratio: contrastRatio(colourOf(text, theme), colourOf(ground, theme)),
    })).filter(({ ratio }) => ratio < 4.5);
    expect(faint).toEqual([]);
  });

  test('the edge of what is tapped stands out at least 3 to 1', () => {
    for (const ground of ['bg', 'surface']) {
      expect(contrastRatio(colourOf('line', theme), colourOf(ground, theme))).toBeGreaterThanOrEqual(3);
    }
  });

  test('every colour has a value', () => {
    expect(COLOUR_TOKENS.length).toBeGreaterThan(30);
    for (const token of COLOUR_TOKENS) expect(colourOf(token, theme)).toMatch(/^#[0-9a-f]{6}$/);
  });
});

test('high contrast writes at least 7 to 1', () => {
  for (const [text, ground] of TEXT_PAIRS) {
    const ratio = contrastRatio(colourOf(text, 'contrast'), colourOf(ground, 'contrast'));
    expect({ pair: `${text} on ${ground}`, isStrong: ratio >= 7 }).toEqual({
      pair: `${text} on ${ground}`,
      isStrong: true,
    });
  }
});

test('white stands out on every pin', () => {
  for (const pin of COLOUR_TOKENS.filter((token) => token.startsWith('pin-'))) {
    expect(contrastRatio(colourOf(pin, 'light'), '#ffffff')).toBeGreaterThanOrEqual(4.5);
  }
});

test('the browser’s own bars wear the ground of the page', () => {
  const modes = readFileSync(new URL('../../web/rider/modes.ts', import.meta.url), 'utf8');
  const document = readFileSync(new URL('../../web/pages/document.ts', import.meta.url), 'utf8');
  for (const theme of THEME_NAMES) expect(modes).toContain(`${theme}: '${colourOf('bg', theme)}'`);
  for (const theme of ['light', 'dark'] as const) {
    expect(document).toContain(`content="${colourOf('bg', theme)}" media="(prefers-color-scheme: ${theme})"`);
  }
});
