import type { Html, Tags } from './html.ts';
import type { IconName } from './icons.ts';

/** An icon of the sprite that each document carries. It decorates a word, so that screen readers skip it. */
export function icon({ html }: Tags, name: IconName, size: 'normal' | 'small' | 'large' = 'normal'): Html {
  return html`<svg class="icon icon-${size}" viewBox="0 0 24 24" aria-hidden="true"><use href="#i-${name}"></use></svg>`;
}
