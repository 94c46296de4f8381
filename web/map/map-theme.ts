// The map's colours: the `--map-*` tokens as data, since WebGL reads no style sheet. A test holds them equal.

export const MAP_THEMES = ['light', 'dark', 'contrast'] as const;
export type MapThemeName = (typeof MAP_THEMES)[number];

export interface MapTheme {
  name: MapThemeName;
  land: string;
  /** Parks, islands and the green bank. */
  north: string;
  water: string;
  /** The water's edge and its waves. */
  edge: string;
  road: string;
  /** Around roads and bridges. */
  case: string;
  rail: string;
  text: string;
  waterText: string;
  /** The selected place's name. */
  strongText: string;
  ring: string;
  route: string;
  routeCase: string;
}

const LIGHT: MapTheme = {
  name: 'light',
  land: '#efefe9',
  north: '#eaede4',
  water: '#bfd9ea',
  edge: '#8fb5cf',
  road: '#fff',
  case: '#cfd3d1',
  rail: '#98a2aa',
  text: '#43525e',
  waterText: '#1f5478',
  strongText: '#14202b',
  ring: '#0b5cad',
  route: '#0b5cad',
  routeCase: '#fff',
};

const DARK: MapTheme = {
  name: 'dark',
  land: '#161f27',
  north: '#18242a',
  water: '#1b3c57',
  edge: '#33607f',
  road: '#2c3944',
  case: '#0e151b',
  rail: '#5d6b77',
  text: '#b9c5cf',
  waterText: '#a5d2f2',
  strongText: '#f1f5f8',
  ring: '#7cb8ff',
  route: '#7cb8ff',
  routeCase: '#18222b',
};

const CONTRAST: MapTheme = {
  name: 'contrast',
  land: '#fff',
  north: '#fff',
  water: '#d3e6f3',
  edge: '#003e8a',
  road: '#fff',
  case: '#000',
  rail: '#3a4650',
  text: '#000',
  waterText: '#003e8a',
  strongText: '#000',
  ring: '#003e8a',
  route: '#003e8a',
  routeCase: '#fff',
};

export const MAP_THEME: Record<MapThemeName, MapTheme> = { light: LIGHT, dark: DARK, contrast: CONTRAST };
