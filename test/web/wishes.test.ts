import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PLACE_KINDS } from '../../data/place.ts';
import { SERVICE_CODES } from '../../data/service.ts';
import { FIRST_COUNT, MOST_COUNT, readWishes, VIEWS, type Wishes, wishesHref } from '../../web/pages/wishes.ts';

const read = (href: string) => readWishes(new URL(href, 'https://map.example').searchParams);
const plain = read('/');

const anyWishes: fc.Arbitrary<Wishes> = fc
  .record({
    view: fc.constantFrom(...VIEWS),
    kinds: fc.subarray([...PLACE_KINDS], { minLength: 1 }),
    services: fc.subarray([...SERVICE_CODES]),
    open: fc.boolean(),
    allDay: fc.boolean(),
    area: fc.option(fc.constantFrom('230102', 'zhongyang-street'), { nil: null }),
    q: fc.string({ unit: 'grapheme', maxLength: 12 }),
    count: fc.integer({ min: FIRST_COUNT, max: MOST_COUNT }),
  })
  // What is searched for is said while searching only.
  .map((wishes) => (wishes.view === 'search' ? wishes : { ...wishes, q: '' }));

describe('wishes in the URL', () => {
  test('come back as they were', () => {
    fc.assert(fc.property(anyWishes, (wishes) => expect(read(wishesHref(wishes))).toEqual(wishes)));
  });

  test('are silent about what is as usual', () => {
    expect(wishesHref(plain)).toBe('/');
    expect(plain).toMatchObject({ view: 'near', kinds: ['station'], services: [], area: null, count: FIRST_COUNT });
  });

  test('change by what is asked to change', () => {
    expect(wishesHref(plain, { services: ['hot-water'], area: '230102' })).toBe('/?services=hot-water&area=230102');
  });

  test('pass over what they do not know', () => {
    const strange = '/?from=wechat&kinds=hotel,toilet&services=sauna,rest&open=yes&view=admin&count=1e9x&allDay=1';
    expect(read(strange)).toEqual({ ...plain, kinds: ['toilet'], services: ['rest'] });
    expect(read('/?kinds=hotel').kinds).toEqual(['station']);
  });

  test('any query at all is read, and written again without fear', () => {
    const keys = fc.constantFrom('view', 'kinds', 'services', 'open', 'allDay', 'area', 'q', 'count', 'lng', 'lat');
    const values = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom('search', 'map', 'toilet', '9'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(keys, values)), fc.constantFrom(...VIEWS), (pairs, view) => {
        const wishes = readWishes(new URLSearchParams(pairs));
        const href = wishesHref(wishes, { view });
        expect(href).toMatch(/^\/(\?[\x21-\x7e]+)?$/);
        expect(read(href)).toEqual({ ...wishes, view, q: view === 'search' ? wishes.q : '' });
      }),
      { examples: [[[['q', `${'驿'.repeat(39)}🛵🛵`]], 'search']] },
    );
  });

  test('never carry a position', () => {
    const wishes = read('/?lng=126.6118&lat=45.7729&area=126.6118,45.7729&at=126.6118');
    expect(wishes).toEqual(plain);
    expect(wishesHref(wishes, { view: 'map' })).toBe('/?view=map');
  });

  test('list no more than can be listed', () => {
    expect(['4', '5', '6', '95', '96', '105', '1e3', '-7', '7.5', ''].map((n) => read(`/?count=${n}`).count)).toEqual([
      5, 5, 6, 95, 95, 95, 95, 5, 5, 5,
    ]);
  });
});
