import { describe, expect, test } from '@jest/globals';
import type { PlaceDraft, Point } from '../../data/place.ts';
import { Finder } from '../../web/rider/finder.ts';
import type { RiderState } from '../../web/rider/rider-state.ts';
import { demoDrafts, NOON, type Pocket, pocketOf } from '../data/pocket.ts';
import { station } from '../data/store/support.ts';
import { expectWellMade, screenOf, stateOf } from './screens.ts';

const HOUR = 3_600_000;
const HERE: Point = [126.6118, 45.7729];
const beside = (metres: number): Point => [HERE[0] + metres / 77_600, HERE[1]];
const demo = pocketOf(await demoDrafts(12));

const openStation = (name: string, metres: number, changes: Parameters<typeof station>[0] = {}) =>
  station({
    name,
    point: beside(metres),
    positionQuality: 'surveyed',
    positionErrorMetres: null,
    hoursOsm: 'Mo-Su 07:00-22:00',
    ...changes,
  });

function home(places: PlaceDraft[] | Pocket, query = '', changes: Partial<RiderState> = {}) {
  const pocket = Array.isArray(places) ? pocketOf(places) : places;
  const screen = screenOf(stateOf(pocket, query, changes));
  expectWellMade(screen, (id) => pocket.core.place(pocket.core.indexOf(id) ?? -1).demo);
  return screen;
}

describe('the first screen', () => {
  test('is an answer: minutes, name, state with its end, services, and the way there', () => {
    const services = [
      { code: 'hot-water' as const, state: 'ok' as const, confirmedAt: '2026-11-20T08:00:00+08:00', confirmedBy: null },
    ];
    const { text, html } = home([openStation('卓展驿站', 900, { services, confirmedAt: '2026-11-18T08:00:00+08:00' })]);
    for (const said of ['骑行 3 分钟', '卓展驿站', '营业中 · 至 22:00', '热水', '900 米', '2 天前核实', '骑车去']) {
      expect(text).toContain(said);
    }
    expect(html).toContain('href="https://uri.amap.com/navigation?to=');
    expect(html).toMatch(/href="\/p\/hrb-[a-z0-9]{5}"/);
  });

  test('numbers the rows after the card and offers more while there are more', () => {
    const many = Array.from({ length: 8 }, (_, i) => openStation(`驿站${'一二三四五六七八'[i]}`, 300 + i * 300));
    const few = home(many);
    expect(few.html.match(/<a class="row"/g)).toHaveLength(4);
    expect(few.html).toContain('href="/?count=15"');
    const all = home(many, 'count=15');
    expect(all.html.match(/<a class="row"/g)).toHaveLength(7);
    expect(all.text).not.toContain('再看');
  });

  test('does not offer more than can be listed', () => {
    const many = Array.from({ length: 110 }, (_, i) => openStation('驿站', 200 + i * 10));
    expect(home(many, 'count=85').html).toContain('count=95"');
    expect(home(many, 'count=95').text).not.toContain('再看');
  });

  test('never calls a place open whose hours nobody knows', () => {
    const { text } = home([openStation('无名驿站', 300, { hoursOsm: null })]);
    expect(text).toContain('时间未知');
    expect(text).not.toContain('营业中');
  });

  test('sends nobody to the middle of a district', () => {
    const { text, html } = home([openStation('某小区', 300, { positionQuality: 'district' })]);
    expect(text).toContain('只知道在这个区');
    expect(html).not.toContain('骑车去');
    expect(html).not.toContain('amap');
  });

  test('hands over to the navigator that works where one is', () => {
    const { html } = home([openStation('驿站', 300)], '', { isWeChat: true });
    expect(html).toContain('https://apis.map.qq.com/');
    expect(html).not.toContain('uri.amap.com');
  });

  test('says that a place with a made-up name is one', () => {
    const { html, text } = home([openStation('演示·安心驿站', 300, { demo: true })]);
    expect(text).toContain('演示数据');
    expect(html).toContain('<span class="tag">演示</span>');
    expect(home([openStation('真驿站', 300)]).text).not.toContain('演示');
  });

  test('names the bridge and tells of the way round', () => {
    const { text } = home([openStation('对岸驿站', 0, { point: [126.592, 45.7897] })]);
    expect(text).toContain('过江 公路大桥');
    expect(text).toMatch(/直线只有 [\d.]+ 公里，但要绕桥/);
  });
});

describe('when there is nothing to ride to', () => {
  test('because the city has no such kind yet, it says so', () => {
    const { text, html } = home([openStation('驿站', 300)], 'kinds=bike-swap,battery-swap');
    expect(text).toContain('这里还没有换车和换电点');
    expect(html).toContain('href="/"');
  });

  test('because a wish stands in the way, it offers to take it off', () => {
    const services = [{ code: 'hot-water' as const, state: 'ok' as const, confirmedAt: null, confirmedBy: null }];
    const { text, html } = home([openStation('驿站', 1500, { services })], 'services=hot-water,microwave');
    expect(text).toContain('附近没有同时满足的驿站');
    expect(text).toContain('最近有热水的在 1.5 公里');
    expect(text).toContain('去掉“微波炉”，看 1 个结果');
    expect(html).toContain('href="/?services=hot-water"');
    expect(home([openStation('驿站', 1500)], 'allDay=true').text).toContain('附近没有24 小时开的驿站');
  });

  test('because nothing is near, it says where the nearest is', () => {
    const { text } = home([openStation('远驿站', 0, { point: [127.2, 45.7] })]);
    expect(text).toContain('附近没有驿站');
    expect(text).toMatch(/最近的在 \d+\.\d 公里/);
  });

  test('because only the surely open was asked for, it does not say that there is none', () => {
    const { text, html } = home([openStation('无名驿站', 300, { hoursOsm: null })], 'open=true');
    expect(text).toContain('附近没有确定开着的驿站');
    expect(text).not.toMatch(/附近没有驿站/);
    expect(html).toContain('href="/"');
  });

  test('because all is shut, it names the first to open and what can be entered now', () => {
    const toilet = {
      ...openStation('通宵公厕', 800, { hoursOsm: '24/7' }),
      kind: 'toilet' as const,
      barrierFree: null,
    };
    const { seats: _, ...allNight } = toilet;
    const early = openStation('早驿站', 600, { hoursOsm: 'Mo-Su 06:00-20:00' });
    const { text } = home([openStation('近驿站', 300), early, allNight], '', { nowMs: NOON + 12 * HOUR });
    expect(text).toContain('现在都关了');
    expect(text).toContain('骑行 10 分钟内的 2 个驿站都已关门');
    expect(text).toMatch(/最早(今天|明天)? ?6:00 开/);
    expect(text).toMatch(/24 小时可进.*通宵公厕/);
    expect(text).toContain('已关闭（2）');
  });

  test('but the uncertain, it lists these and folds nothing', () => {
    const { text } = home([
      openStation('无名驿站', 300, { hoursOsm: null }),
      openStation('存疑驿站', 500, { status: 'disputed' }),
    ]);
    expect(text).toContain('骑行 1 分钟');
    expect(text).toContain('有人说不对 · 营业中 · 至 22:00');
    expect(text).not.toContain('开门时间不确定');
  });

  test('surely, the others are folded with their number', () => {
    const others = [
      openStation('无名驿站', 300, { hoursOsm: null }),
      openStation('夜驿站', 400, { hoursOsm: 'Mo-Su 18:00-23:00' }),
    ];
    const { text } = home([openStation('驿站', 900), ...others]);
    expect(text).toContain('开门时间不确定（1）');
    expect(text).toContain('已关闭（1）');
    expect(text).toMatch(/已关门 · 今天 18:00 开/);
  });
});

describe('the demonstration', () => {
  // One for all: its ways take a while to prepare.
  const finder = new Finder(demo.core);
  const queries = [
    '',
    'kinds=toilet,parking&services=toilet',
    'kinds=merchant&count=25',
    'kinds=bike-swap,battery-swap',
    'kinds=scene',
    'kinds=station,toilet,parking,merchant,bike-swap,battery-swap,scene',
    'services=hot-water,aed&allDay=true',
    'services=shower,nursing,legal-aid&open=true',
    'view=map&area=sun-island',
  ];
  test.each(queries)('reads well at every hour and from everywhere: %s', (query) => {
    for (const [i, area] of ['', '&area=230102', '&area=230108', '&area=xiaohong-house'].entries()) {
      for (const hours of [0, 9.6, 14, 24 * 20]) {
        home(demo, `${query}${area}`, { finder, nowMs: NOON + hours * HOUR, isOnline: i % 2 === 0, isWide: i === 1 });
      }
    }
  });

  test('reads well on the other screens', () => {
    for (const view of ['areas', 'me', 'search', 'search&q=yz', 'search&q=没有的', 'search&q=<b>"\'%26']) {
      const { text } = home(demo, `view=${view}`, { finder });
      expect(text.length).toBeGreaterThan(40);
    }
  });
});

describe('what the rider must know', () => {
  const one = pocketOf([openStation('驿站', 300)]);
  const fix = { point: beside(100), accuracyMetres: 30, atMs: NOON - 60_000 };
  const table: [string, string, Partial<RiderState>, RegExp][] = [
    ['not asked', '', {}, /用我的位置，找最近的驿站.*不上传/],
    ['asking', '', { location: 'asking' }, /正在定位/],
    ['denied', '', { location: 'denied' }, /没有定位也能找。选个区域或附近地标/],
    ['failed', '', { location: 'failed' }, /定不了位/],
    ['weak', '', { fix: { ...fix, accuracyMetres: 812 } }, /位置误差约 800 米，距离仅供参考/],
    ['outside', '', { fix: { ...fix, point: [116.4, 39.9] } }, /你现在不在哈尔滨/],
    ['old', '', { fix: { ...fix, atMs: NOON - 3 * HOUR } }, /3 小时前的位置/],
    ['measured', '', { fix }, /道里区 · 中央大街附近.*刚才的位置 · 误差约 30 米/],
    ['chosen', 'area=dragon-tower', { fix }, /南岗区 · 龙塔.*从这里算远近/],
    ['offline', '', { isOnline: false }, /没有网络。显示 12:00 保存的数据/],
    ['stale', '', { nowMs: NOON + 27 * HOUR }, /数据是昨天的，出发前最好打个电话/],
    ['not loaded', '', { hasLoadError: true }, /新数据没取到.*再试一次/],
    ['stranded', '', { fix: { ...fix, point: [126.6502, 45.8047] } }, /算不出从这里过江的路，下面按直线距离排/],
    ['no map', 'view=map', { mapFailure: 'no-webgl' }, /这台手机打不开地图，列表可以正常用/],
  ];
  test.each(table)('%s', (_, query, changes, said) => {
    expect(home(one, query, changes).text).toMatch(said);
  });

  test('a schedule without network is only a schedule', () => {
    const { text } = home(one, '', { isOnline: false });
    expect(text).toContain('按时间表至 22:00');
    expect(text).not.toContain('营业中');
  });
});
