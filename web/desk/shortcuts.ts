// Keys without modifiers, for those who decide all day. Where somebody types they are letters; who does not want them
// switches them off (WCAG 2.1.4).

import { keep, readKept } from '../rider/storage.ts';

const KEPT_AS = 'yz-desk-keys-off';

export function hasShortcuts(): boolean {
  return readKept(KEPT_AS) !== true;
}

export function setShortcuts(isOn: boolean): void {
  keep(KEPT_AS, isOn ? undefined : true);
}

/** The key that was meant as a shortcut, in lower case; null when it was typed, or meant for something else. */
export function shortcutOf(event: KeyboardEvent): string | null {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing && !event.defaultPrevented;
  const target = event.target as Element | null;
  const isTyping = target?.closest('input, textarea, select, [role=application], dialog') !== null;
  return isPlain && !isTyping && hasShortcuts() ? event.key.toLowerCase() : null;
}
