// The desk's icons: some of the family, and what only the desk needs. Apart, so that riders' pages stay small.

import { ICON_PATHS, type IconName } from './icons.ts';

const OF_THE_FAMILY = [
  'back',
  'battery',
  'building',
  'call',
  'camera',
  'check',
  'clock',
  'close',
  'door',
  'down',
  'entrance',
  'flag',
  'house',
  'info',
  'layers',
  'locate',
  'lock',
  'map',
  'me',
  'minus',
  'parking',
  'plus',
  'question',
  'right',
  'search',
  'snow',
  'swap',
  'tag',
  'toilet',
  'update',
  'walk',
  'warning',
  'wrench',
] as const satisfies readonly IconName[];

export const DESK_ICON_PATHS = {
  ...(Object.fromEntries(OF_THE_FAMILY.map((name) => [name, ICON_PATHS[name]])) as Record<
    (typeof OF_THE_FAMILY)[number],
    string
  >),
  inbox: 'M4 13.5L6.5 5h11L20 13.5V19H4zM4 13.5h4.5a3.5 3.5 0 0 0 7 0H20',
  place: 'M12 21c-4.5-5-7-8-7-11.2a7 7 0 0 1 14 0C19 13 16.5 16 12 21zM9.5 9.8a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0',
  history: 'M4 12a8 8 0 1 0 2.5-5.8M4 3.5V8h4.5M12 8v4.5l3 2',
  settings: 'M4 7h9M17 7h3M13 7a2 2 0 1 0 4 0a2 2 0 1 0-4 0M4 17h3M11 17h9M7 17a2 2 0 1 0 4 0a2 2 0 1 0-4 0',
  up: 'M6 14.5l6-6 6 6',
  undo: 'M8.5 5L4.5 9l4 4M4.5 9H14a5.5 5.5 0 0 1 0 11h-4',
  leave: 'M14 4H6v16h8M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5',
  key: 'M4 16.5a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0M10 14L19 5M16 8l2.5 2.5',
  horn: 'M4 10v4h3l8 4.5v-13L7 10zM18.5 9.5a4 4 0 0 1 0 5',
} as const;
export type DeskIconName = keyof typeof DESK_ICON_PATHS;
