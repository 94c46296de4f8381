// Queries as an attacker, a broken client or a messenger might send them.

import fc from 'fast-check';

const NAMES = [
  'lng',
  'lat',
  'kinds',
  'services',
  'open',
  'allDay',
  'at',
  'limit',
  'maxDistanceMetres',
  'district',
  'q',
];
const STRANGE_NAMES = [
  'bbox',
  'cursor',
  '__proto__',
  'constructor',
  'toString',
  'lng[]',
  'lng[0]',
  'LNG',
  '',
  ' lng',
  'ｌｎｇ',
];
const VALUES = [
  '126.6268',
  '45.7597',
  '0',
  '-0',
  'NaN',
  'Infinity',
  '-Infinity',
  '1e999',
  '1e9',
  '１２６．６',
  '0x7e',
  '126.6 ',
  '+126.6',
  '126,6',
  '[126.6]',
  'null',
  'undefined',
  'true',
  'false',
  'station',
  'station,toilet',
  ',',
  'hot-water',
  '2026-11-20T09:12:00+08:00',
  '2026-11-20T09:12:00%2B08:00',
  '9999-99-99T99:99:99Z',
  '230102',
  '126.5,45.7,126.7,45.8',
  '-180,-90,180,90',
  '127,46,126,45',
  'MC5oYXJiaW4',
  '热水',
  'rsd',
  '" OR 1=1 --',
  'NEAR(a b)',
  '\u202e站驿',
  '\u200b',
  '\ud800',
  '%',
  '%zz',
  '%00',
  '../../etc/passwd',
  '<script>',
  'a'.repeat(3000),
];

const name = fc.oneof(
  { arbitrary: fc.constantFrom(...NAMES), weight: 6 },
  { arbitrary: fc.constantFrom(...STRANGE_NAMES), weight: 1 },
  { arbitrary: fc.string({ maxLength: 12 }), weight: 1 },
);
const value = fc.oneof(
  { arbitrary: fc.constantFrom(...VALUES), weight: 4 },
  { arbitrary: fc.double().map(String), weight: 1 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 20 }), weight: 1 },
);
const encoded = (text: string) => encodeURIComponent(text.toWellFormed());
const pair = fc
  .tuple(name, value, fc.boolean())
  .map(([key, text, isRaw]) => (isRaw ? `${key}=${text}` : `${encoded(key)}=${encoded(text)}`));
const goodPosition = fc.constantFrom('lng=126.6268&lat=45.7597', 'lng=45.7597&lat=126.6268', '');

/** Half of them begin with a position, so that the rest is reached as well. */
export const hostileQuery = fc
  .tuple(goodPosition, fc.array(pair, { maxLength: 5 }))
  .map(([position, pairs]) => [position, ...pairs].filter((part) => part !== '').join('&'));
