// Who made a basemap that the city plugged in. Its style says so, as HTML: we keep its words and its links only.

import type { MapLibreMap } from 'maplibre-gl';

export interface Credit {
  text: string;
  /** An http(s) address, or null. */
  href: string | null;
}

/** The credits of all sources of the style that are loaded, each once. */
export function creditsOf(map: MapLibreMap): Credit[] {
  const texts = Object.keys(map.getStyle().sources).flatMap((id) => map.getSource(id)?.attribution ?? []);
  return [...new Set(texts)].flatMap(readCredits);
}

/** Parsed as a document of its own, in which nothing runs and nothing is fetched. */
function readCredits(attribution: string): Credit[] {
  const { body } = new DOMParser().parseFromString(attribution, 'text/html');
  for (const silent of body.querySelectorAll('script, style')) silent.remove();
  return [...body.childNodes].flatMap((node) => {
    const text = node.textContent?.trim() ?? '';
    if (text === '') return [];
    const href = node instanceof HTMLAnchorElement && /^https?:$/.test(node.protocol) ? node.href : null;
    return [{ text, href }];
  });
}
