// The colour tokens as the style sheet gives them in each theme.

import { readFileSync } from 'node:fs';

export const THEME_NAMES = ['light', 'dark', 'contrast'] as const;
export type ThemeName = (typeof THEME_NAMES)[number];

const sheet = readFileSync(new URL('../../web/styles/tokens.css', import.meta.url), 'utf8').replace(
  /\/\*[\s\S]*?\*\//g,
  '',
);

/** Names of all tokens that are colours. */
export const COLOUR_TOKENS = [...sheet.matchAll(/--([a-z0-9-]+):\s*(?:var\(--light, )?#/g)].map(
  ([, name = '']) => name,
);

/** `#rrggbb` of a token in a theme; one value for all themes where it has no others. */
export function colourOf(token: string, theme: ThemeName): string {
  const value = new RegExp(`--${token}:([^;]+);`).exec(sheet)?.[1] ?? '';
  const given =
    new RegExp(`var\\(--${theme}, (#[0-9a-f]+)\\)`).exec(value)?.[1] ?? /^\s*(#[0-9a-f]+)\s*$/.exec(value)?.[1];
  if (given === undefined) throw new Error(`--${token} has no colour in ${theme}`);
  return given.length === 4 ? `#${[...given.slice(1)].map((digit) => digit + digit).join('')}` : given;
}

/** The ratio of WCAG 2.2, from 1 to 21. */
export function contrastRatio(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
