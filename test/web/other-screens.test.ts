import { describe, expect, test } from '@jest/globals';
import { answer } from '../../data/answer.ts';
import type { Point } from '../../data/place.ts';
import { serverTags } from '../../web/pages/html.ts';
import { type Schematic, type SurroundingsView, surroundings } from '../../web/pages/surroundings.ts';
import { loaded, NOON, pocketOf } from '../data/pocket.ts';
import { station } from '../data/store/support.ts';
import { screenOf, stateOf } from './screens.ts';

const HERE: Point = [126.6118, 45.7729];
const pocket = pocketOf([
  ...[1, 2, 3, 4, 5, 6].map((i) =>
    station({ name: `${i}号驿站`, point: [HERE[0] + i * 0.004, HERE[1] - i * 0.002], hoursOsm: '24/7' }),
  ),
  station({ name: '演示·大街驿站', demo: true, point: [126.7, 45.7] }),
]);
const { city } = loaded;
const shown = (query: string, changes: Parameters<typeof stateOf>[2] = {}) => screenOf(stateOf(pocket, query, changes));

describe('choosing a place to start from', () => {
  test('offers every district and every landmark with one tap, and keeps the wishes', () => {
    const { html, text } = shown('view=areas&services=rest');
    for (const { code, shortName } of city.districts) {
      expect(html).toContain(`href="/?services=rest&amp;area=${code}"`);
      expect(text).toContain(shortName);
    }
    for (const { id } of city.landmarks) expect(html).toContain(`href="/?services=rest&amp;area=${id}"`);
  });

  test('asks for the position only where there is one to ask for', () => {
    expect(shown('view=areas').html).toContain('data-act="locate"');
    expect(shown('view=areas', { canLocate: false }).html).not.toContain('data-act="locate"');
    expect(shown('view=areas', { location: 'denied' }).text).toContain('没有定位也能找');
  });
});

describe('searching', () => {
  test('is a plain form that keeps the area, and starts with landmarks', () => {
    const { html, text } = shown('view=search&area=dragon-tower');
    expect(html).toMatch(/<form [^>]*action="\/"/);
    expect(html).toContain('<input type="hidden" name="area" value="dragon-tower" />');
    expect(text).toContain('输入两个字就能搜');
    expect(text).toContain('中央大街');
  });

  test('finds areas and places, made-up ones marked', () => {
    const { html, text } = shown('view=search&q=大街');
    expect(text).toMatch(/从这里找 中央大街 地标.*点位.*大街驿站.*演示.*直线 [\d.]+ 公里/);
    expect(html).toContain('href="/?area=zhongyang-street"');
  });

  test('that finds nothing leads on, and repeats the words as text', () => {
    const { html, text } = shown('view=search&q=%3Cb%3E没有');
    expect(text).toContain('没有找到“<b>没有”');
    expect(html).not.toContain('<b>没有');
    expect(html).toContain('href="/?view=areas"');
  });
});

describe('the page of one’s own', () => {
  test('has the city’s numbers to call, and says what the data is', () => {
    const { html, text } = shown('view=me');
    for (const { name, number } of city.help) {
      expect(html).toContain(`href="tel:${number}"`);
      expect(text).toContain(name);
    }
    expect(text).toContain(`哈尔滨现有 ${pocket.core.count} 个点位。数据是今天 12:00 的。`);
    expect(text).toContain('带「演示」的不是真实点位');
  });

  test('offers to forget a position only while one is kept', () => {
    expect(shown('view=me').text).toContain('本机现在没有保存位置');
    const fix = { point: HERE, accuracyMetres: 10, atMs: NOON };
    expect(shown('view=me', { fix }).html).toContain('data-act="forget-position"');
  });
});

describe('the picture of the surroundings', () => {
  const question = { kinds: ['station' as const], services: [], open: false, allDay: false, nowMs: NOON, count: 6 };
  const { listed } = answer(pocket.core, pocket.ways, { ...question, origin: HERE });
  const draw = (changes: Partial<SurroundingsView> = {}) =>
    String(
      surroundings(serverTags, {
        schematic: (loaded.schematic?.features ?? []) as unknown as Schematic,
        origin: HERE,
        isMeasured: true,
        accuracyMetres: 20,
        results: listed,
        route: [HERE, [126.62, 45.771], listed[0]?.place.point ?? HERE],
        notice: '示意图，非测绘成果',
        href: '/?view=map',
        ...changes,
      }),
    );

  test('shows the first five by their numbers, the first on top, all within the picture', () => {
    const picture = draw();
    const numbers = [...picture.matchAll(/class="pin-number"[^>]*>(\d+)</g)].map(([, number]) => number);
    expect(numbers).toEqual(['5', '4', '3', '2', '1']);
    const places = [...picture.matchAll(/translate\((-?[\d.]+) (-?[\d.]+)\) scale/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]);
    expect(places).toHaveLength(5);
    for (const [x = -1, y = -1] of places) expect(x >= 4 && x <= 356 && y >= 4 && y <= 116).toBe(true);
  });

  test('draws the river, its notice and the way', () => {
    const picture = draw();
    expect(picture).toMatch(/<path class="water"/);
    expect(picture).toContain('示意图，非测绘成果');
    expect(picture).toMatch(/<path class="route" d="M/);
    expect(draw({ route: [] })).not.toContain('class="route"');
  });

  test('marks a measured position otherwise than a chosen one', () => {
    expect(draw()).toContain('class="me"');
    expect(draw({ isMeasured: false })).not.toContain('class="me"');
    expect(draw({ isMeasured: false })).toContain('class="start"');
  });

  test('draws an area of several pieces as well', () => {
    const square = (lng: number): Point[] => [
      [lng, 45.76],
      [lng + 0.01, 45.76],
      [lng + 0.01, 45.77],
      [lng, 45.77],
    ];
    const geometry = { type: 'MultiPolygon' as const, coordinates: [[square(126.6)], [square(126.625)]] };
    const picture = draw({ schematic: [{ geometry, properties: { layer: 'park' } }] });
    expect(/<path class="park"[^>]* d="([^"]*)"/.exec(picture)?.[1]?.match(/M/g)).toHaveLength(2);
  });

  test('draws nothing but the ground where the city has no basemap', () => {
    const picture = draw({ schematic: [], results: [], route: [] });
    expect(picture).not.toMatch(/class="(water|park|label|pin)/);
    expect(picture).not.toMatch(/NaN|Infinity|undefined/);
  });
});
