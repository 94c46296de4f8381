import { describe, expect, test } from '@jest/globals';
import type { PlaceDraft, Point } from '../../data/place.ts';
import type { RiderState } from '../../web/rider/rider-state.ts';
import { demoDrafts, NOON, type Pocket, pocketOf } from '../data/pocket.ts';
import { station } from '../data/store/support.ts';
import { expectWellMade, type Screen, screenOf, stateOf } from './screens.ts';

const HERE: Point = [126.6118, 45.7729];

function page(pocket: Pocket, i: number, changes: Partial<RiderState> = {}): Screen {
  const screen = screenOf(stateOf(pocket, '', { placeId: pocket.core.place(i).id, ...changes }));
  expectWellMade(screen, (id) => pocket.core.place(pocket.core.indexOf(id) ?? -1).demo);
  return screen;
}
const pageOf = (draft: PlaceDraft, changes: Partial<RiderState> = {}) => page(pocketOf([draft]), 0, changes);
const here = (changes: Parameters<typeof station>[0] = {}) => station({ point: HERE, ...changes });

describe('a place’s page', () => {
  test('names every service with what is known of it and since when', () => {
    const seen = { confirmedBy: 'grid-worker' as const };
    const { text } = pageOf(
      here({
        confirmedAt: '2026-11-18T08:00:00+08:00',
        services: [
          { code: 'hot-water', state: 'ok', confirmedAt: '2026-11-18T08:00:00+08:00', ...seen },
          { code: 'microwave', state: 'broken', confirmedAt: '2026-11-19T23:00:00+08:00', ...seen },
          { code: 'heating', state: 'ok', confirmedAt: null, confirmedBy: null },
          { code: 'aed', state: 'unknown', confirmedAt: null, confirmedBy: null },
        ],
      }),
    );
    expect(text).toMatch(/热水\s+正常\s+2 天前 · 网格员/);
    expect(text).toMatch(/微波炉\s+故障\s+昨天 · 网格员/);
    expect(text).toMatch(/供暖\s+未核实\s+登记时填的，没人确认过/);
    expect(text).toMatch(/AED\s+未知\s+没人确认过/);
    expect(text).toMatch(/设施\s+2 天前核实/);
  });

  test('tells how to get in, for whom, and where the facts come from', () => {
    const { text, html } = pageOf(
      here({
        entrance: { point: [126.622, 45.773], text: '从和兴路侧门进，一楼右手' },
        access: 'code',
        audience: ['riders', 'outdoor-workers'],
        phone: '0451-8888 0000',
        source: { name: '市总工会', url: 'https://source.example/list', date: '2026-03-05' },
      }),
    );
    for (const said of [
      '从和兴路侧门进，一楼右手',
      '密码进门',
      '面向骑手、户外劳动者',
      '市总工会',
      '2026 年 3 月 5 日',
    ]) {
      expect(text).toContain(said);
    }
    expect(html).toContain('href="tel:0451-8888 0000"');
    // Navigation goes to the door, in the navigator's datum.
    expect(html).toMatch(/navigation\?to=126\.62[78]\d*,45\.77[45]\d*,[^"]*mode=ride[^>]*>[\s\S]*?骑车去/);
  });

  test('shows the week’s hours, today marked, and dated exceptions with their reason', () => {
    const { text } = pageOf(
      here({
        hoursOsm: 'Mo-Fr 08:30-17:00; Sa,Su off',
        hoursExceptions: [
          { from: '2026-11-22T00:00:00+08:00', until: '2026-11-23T00:00:00+08:00', open: false, reason: '停电检修' },
        ],
      }),
    );
    expect(text).toMatch(/周五 · 今天\s+8:30–17:00/);
    expect(text).toMatch(/周六 11\/21\s+不开/);
    expect(text).toMatch(/周日 0:00 到 周一 0:00\s+不开：停电检修/);
  });

  test('says that nobody knows the hours, and never that it is open', () => {
    const { text } = pageOf(here({ hoursOsm: null }));
    expect(text).toContain('时间未知');
    expect(text).toContain('没有公布，也还没人核实过');
    expect(text).not.toContain('营业中');
  });

  test('warns of what is made up, disputed, paused or old', () => {
    expect(pageOf(here({ demo: true })).text).toContain('这是演示数据，不是真实点位，请不要前往');
    const disputed = here({ hoursOsm: '24/7', status: 'disputed', statusReason: '门锁着' });
    expect(pageOf(disputed).text).toContain('有人反映和这里写的不一样：门锁着');
    expect(pageOf(here({ status: 'paused', statusReason: '装修' })).text).toContain('暂停原因：装修');
    expect(pageOf(here({ confirmedAt: '2026-10-01T08:00:00+08:00' })).text).toContain('50 天没核实，可能有变');
  });

  test('sends nobody to the middle of a district', () => {
    const { text, html } = pageOf(here({ positionQuality: 'district', positionErrorMetres: null }));
    expect(text).toContain('不能导航');
    expect(html).not.toMatch(/骑车去|amap|换个地图/);
  });

  test('speaks of distance only to those who are somewhere', () => {
    // On the ice of the river: the way begins at the bank.
    const ice = here({ point: [126.6, 45.781], entrance: { point: [126.6, 45.7795], text: '冰面' } });
    const nowhere = pageOf(ice);
    expect(nowhere.text).not.toMatch(/公里|直线只有|骑行 \d/);
    const fix = { point: HERE, accuracyMetres: 20, atMs: NOON };
    expect(pageOf(ice, { fix }).text).toMatch(/骑行 \d+ 分钟/);
  });

  test('tells at which gate who gets in, and that unreadable hours are not always', () => {
    const rule = { vehicle: 'ebike' as const, credential: 'register' as const, severeWeather: true, speedLimitKmh: 15 };
    const gates = [
      { name: '东门', point: null, rules: [{ ...rule, hoursOsm: 'Mo-Su 10:00-14:00' }] },
      { name: '西门', point: null, rules: [{ ...rule, hoursOsm: 'Mo-Su 15:00-16:00' }] },
      { name: '南门', point: null, rules: [{ ...rule, hoursOsm: null }] },
      { name: '北门', point: null, rules: [{ ...rule, hoursOsm: '十点' }] },
    ];
    const { seats: _, ...common } = here({ name: '幸福小区' });
    const { text } = pageOf({
      ...common,
      kind: 'scene',
      sceneType: 'compound',
      signatories: ['物业公司'],
      gates,
      buildings: [{ name: '3 栋', units: ['一单元', '二单元'], point: null }],
    });
    expect(text).toMatch(/东门\s+电动车\s*现在可进，到 14:00 · 要登记 · 限速 15 公里 · 恶劣天气全天可进/);
    expect(text).toMatch(/西门\s+电动车\s*现在不让进，15:00 后可进/);
    expect(text).toMatch(/南门\s+电动车\s*全天可进/);
    expect(text).toMatch(/北门\s+电动车\s*什么时候可进不清楚/);
    expect(text).toMatch(/楼栋（1）.*3 栋 一单元、二单元.*签约：物业公司/);
  });

  test('counts bicycles only when somebody counted', () => {
    const { seats: _, ...common } = here({ name: '换乘点' });
    const swap = { ...common, kind: 'bike-swap' as const, bikesTotal: 10, rules: '一小时内还', compound: '幸福小区' };
    const unknown = { ...swap, bikesAvailable: null, bikesOutOfService: null, lastReportedAt: null };
    expect(pageOf(unknown).text).toMatch(/共 10 辆，还能借几辆未知.*还没人报过数.*幸福小区.*一小时内还/);
    const counted = { ...swap, bikesAvailable: 3, bikesOutOfService: 2, lastReportedAt: '2026-11-20T09:30:00+08:00' };
    expect(pageOf(counted).text).toMatch(/可借 3 辆 \/ 共 10 辆.*2 辆.*今天 9:30/);
  });

  test('waits for the details, and says when they cannot be had', () => {
    expect(pageOf(here(), { details: null }).text).toContain('正在取更多信息');
    expect(pageOf(here(), { details: undefined, isOnline: false }).text).toContain('没有网络，更多信息取不到');
  });

  test('goes back to the list with its wishes', () => {
    const pocket = pocketOf([here()]);
    const state = stateOf(pocket, 'services=rest&area=230102', { placeId: pocket.core.place(0).id });
    expect(screenOf(state).html).toContain('href="/?services=rest&amp;area=230102" data-act="back"');
  });
});

test('every place of the demonstration and every real one has a page that reads well, by day and by night', async () => {
  const pocket = pocketOf(await demoDrafts(40));
  const base = stateOf(pocket, '');
  for (let i = 0; i < pocket.core.count; i++) {
    const state = {
      ...base,
      placeId: pocket.core.place(i).id,
      isWeChat: i % 3 === 0,
      nowMs: NOON + (i % 24) * 3_600_000,
    };
    const screen = screenOf(state);
    expectWellMade(screen, () => false);
    expect(screen.text).toContain(pocket.core.place(i).name.replace('演示·', '').split('·')[0]);
    if (pocket.core.place(i).demo) expect(screen.text).toContain('不是真实点位，请不要前往');
  }
});
