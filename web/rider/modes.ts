// How the app looks and feels in this hand, kept on this phone and written on the root element, where the style sheet
// reads it. `first-paint.ts` does so before the first paint, the switches of 我的 at once.

import { type Modes, THEMES, type Theme, USUAL_MODES } from '../pages/mode-controls.ts';
import { keep, readKept } from './storage.ts';

const KEPT_AS = 'yz-modes';

/** Of whatever was kept, what makes sense; the rest is as usual. */
export function readModes(kept: unknown): Modes {
  const given = (typeof kept === 'object' && kept !== null ? kept : {}) as Partial<Record<keyof Modes, unknown>>;
  return {
    theme: THEMES.includes(given.theme as Theme) ? (given.theme as Theme) : USUAL_MODES.theme,
    large: given.large === true,
    gloves: given.gloves === true,
    winter: given.winter === true,
  };
}

export function keptModes(): Modes {
  return readModes(readKept(KEPT_AS));
}

export function keepModes(modes: Modes): void {
  const isUsual = (Object.keys(USUAL_MODES) as (keyof Modes)[]).every((key) => modes[key] === USUAL_MODES[key]);
  keep(KEPT_AS, isUsual ? undefined : modes);
}

/** The ground of each theme, for what the browser draws around the page. */
const GROUNDS = { light: '#f5f7f9', dark: '#0e151b', contrast: '#ffffff' };

export function applyModes(modes: Modes): void {
  const { theme } = modes;
  const root = document.documentElement;
  mark(root, 'theme', theme === 'system' ? undefined : theme);
  mark(root, 'text', modes.large ? 'large' : undefined);
  mark(root, 'hand', modes.gloves ? 'gloves' : undefined);
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) {
    const bySystem = meta.media.includes('dark') ? GROUNDS.dark : GROUNDS.light;
    meta.content = theme === 'system' ? bySystem : GROUNDS[theme];
  }
}

function mark(root: HTMLElement, name: 'theme' | 'text' | 'hand', value: string | undefined): void {
  if (value === undefined) delete root.dataset[name];
  else root.dataset[name] = value;
}
