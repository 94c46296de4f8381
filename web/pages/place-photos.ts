// Photos of a place that the city has looked at: the door first. Their room is there before they are, so that nothing moves.

import type { PlaceDetails } from '../../data/details.ts';
import { type PhotoWidth, photoUrl } from '../../data/photo.ts';
import type { Html, Tags } from './html.ts';

const [LARGE, SMALL]: readonly [PhotoWidth, PhotoWidth] = [1280, 480];

export function placePhotos({ html }: Tags, photos: PlaceDetails['photos']): Html {
  if (photos.length === 0) return '';
  return html`<div class="place-photos" role="group" aria-label="照片">${photos.map(
    ({ id, alt, width, height }) =>
      html`<img src="${photoUrl(id, SMALL)}" srcset="${photoUrl(id, SMALL)} 480w, ${photoUrl(id, LARGE)} 1280w" sizes="(min-width: 600px) 560px, 92vw" alt="${alt}" width="${width}" height="${height}" loading="lazy" decoding="async" />`,
  )}</div>`;
}
