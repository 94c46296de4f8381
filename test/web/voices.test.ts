import { describe, expect, test } from '@jest/globals';
import type { PlaceDraft, Point } from '../../data/place.ts';
import { compassWords } from '../../web/pages/compass.ts';
import { hourLabels } from '../../web/pages/day-bar.ts';
import { BLANK_FORM } from '../../web/pages/report.ts';
import { readPlacePart } from '../../web/rider/place-part.ts';
import type { RiderState } from '../../web/rider/rider-state.ts';
import { confirmSaid, plainSaid } from '../../web/rider/voice-words.ts';
import { blankVoices, type VoicesState } from '../../web/rider/voices-ui.ts';
import { NOON, type Pocket, pocketOf } from '../data/pocket.ts';
import { station } from '../data/store/support.ts';
import { expectWellMade, type Screen, screenOf, stateOf } from './screens.ts';

const HERE: Point = [126.6118, 45.7729];
const THERE: Point = [126.62, 45.7729];
const HOT_WATER = {
  code: 'hot-water' as const,
  state: 'ok' as const,
  confirmedAt: '2026-11-19T10:00:00+08:00',
  confirmedBy: 'rider' as const,
};

const pocket = pocketOf([
  station({ id: 'here', name: '这里', point: HERE, hoursOsm: 'Mo-Su 08:00-22:00', services: [HOT_WATER] }),
  station({ id: 'there', name: '那里', point: THERE, hoursOsm: '24/7', services: [HOT_WATER] }),
]);

function screenAt(of: Pocket, id: string, search: string, changes: Partial<RiderState> = {}): Screen {
  const screen = screenOf(stateOf(of, '', { placeId: id, part: readPlacePart(search), ...changes }));
  expectWellMade({ ...screen, text: screen.text.replace(/HRB-\w+/g, '') }, () => false);
  return screen;
}

function voicesOf(of: Pocket, id: string, changes: Partial<VoicesState> = {}): VoicesState {
  return { ...blankVoices(of.core.place(of.core.indexOf(id) as number)), ...changes };
}

describe('a place’s page', () => {
  test('asks whether it is open, and of each service whether it works', () => {
    const { text, html } = screenAt(pocket, 'here', '');
    expect(text).toMatch(/还开着吗？ 你的回答会更新核实日期，不用登录。 是，开着 否，关了/);
    expect(text).toMatch(/热水 正常 昨天 · 骑手 热水还好用吗？ 正常 故障/);
    expect(html).toContain('data-field="services.hot-water" data-value="false"');
    expect(text).toMatch(/我到了 报问题/);
    expect(html).toContain('href="/p/here?report" data-place="here"');
  });

  test('says what came of the answer in place of the buttons, and keeps them when it was refused', () => {
    const said = (text: string, isDone: boolean) => ({ open: { text, tone: 'ok' as const, isDone } });
    const asked = blankVoices(pocket.core.place(0)).asked;
    const done = voicesOf(pocket, 'here', { asked: { ...asked, said: said('已记下，谢谢', true) } });
    const { text } = screenAt(pocket, 'here', '', { voices: done });
    expect(text).toContain('已记下，谢谢');
    expect(text).not.toContain('是，开着');
    const refused = voicesOf(pocket, 'here', { asked: { ...asked, said: said('今天已经说过了', false) } });
    expect(screenAt(pocket, 'here', '', { voices: refused }).text).toMatch(/是，开着 否，关了 今天已经说过了/);
  });

  test('says by whom and when its hours were confirmed', () => {
    const confirmed = { confirmedAt: '2026-11-18T08:00:00+08:00', confirmedBy: 'grid-worker' as const };
    const fresh = pocketOf([station({ id: 'here', hoursOsm: '24/7', ...confirmed })]);
    expect(screenAt(fresh, 'here', '').text).toContain('开放时间 2 天前确认 · 网格员');
    expect(screenAt(pocket, 'here', '').text).toContain('开放时间是登记时填的，没人确认过');
  });

  test('names the floor before the way to the door', () => {
    const upstairs = pocketOf([station({ id: 'here', entrance: { point: null, text: '出电梯左手', floor: '二楼' } })]);
    expect(screenAt(upstairs, 'here', '').text).toContain('二楼，出电梯左手');
  });

  test('gives direction and straight line to those who are somewhere', () => {
    const fix = { point: HERE, accuracyMetres: 20, atMs: NOON };
    expect(screenAt(pocket, 'there', '', { fix }).text).toContain('往东 640 米（直线）');
    expect(screenAt(pocket, 'there', '').text).not.toContain('（直线）');
  });

  test('lets the bicycles at an exchange be counted', () => {
    const { seats: _, ...common } = station({ id: 'bikes', name: '换乘点', point: HERE });
    const bikes = { bikesTotal: 10, bikesAvailable: 6, bikesOutOfService: 1, lastReportedAt: null };
    const swap: PlaceDraft = { ...common, kind: 'bike-swap', rules: null, compound: null, ...bikes };
    const { text } = screenAt(pocketOf([swap]), 'bikes', '');
    expect(text).toMatch(/报个数.*可用 6 在修 1 报：可用 6 辆，在修 1 辆/);
    expect(text).toMatch(/可用减一辆 可用加一辆/);
  });
});

test('the compass knows the eight directions, and that a degree of longitude is short up here', () => {
  const around: [number, number, string][] = [
    [0, 0.01, '北'],
    [0.0143, 0.01, '东北'],
    [0.01, 0, '东'],
    [0.0143, -0.01, '东南'],
    [0, -0.01, '南'],
    [-0.0143, -0.01, '西南'],
    [-0.01, 0, '西'],
    [-0.0143, 0.01, '西北'],
  ];
  for (const [east, north, direction] of around) {
    expect(compassWords(HERE, [HERE[0] + east, HERE[1] + north])).toMatch(new RegExp(`^往${direction} `));
  }
});

describe('a friendly compound’s page', () => {
  const { seats: _, ...common } = station({ point: HERE });
  const rule = { vehicle: 'ebike' as const, credential: 'none' as const, severeWeather: true, speedLimitKmh: 15 };
  const scene = (hoursOsm: string): PlaceDraft => ({
    ...common,
    id: 'scene',
    name: '幸福小区',
    kind: 'scene',
    sceneType: 'compound',
    signatories: [],
    gates: [{ name: '东门', point: null, rules: [{ ...rule, hoursOsm }] }],
    buildings: [],
  });
  const swap: PlaceDraft = {
    ...common,
    id: 'bikes',
    name: '幸福小区换乘点',
    point: [126.6128, 45.7729],
    kind: 'bike-swap',
    compound: '幸福小区',
    rules: null,
    bikesTotal: 10,
    bikesAvailable: 6,
    bikesOutOfService: 1,
    lastReportedAt: '2026-11-20T11:52:00+08:00',
  };

  test('begins with the verdict as a sentence, and the day that explains it', () => {
    const { text, html } = screenAt(pocketOf([scene('Mo-Su 06:00-11:00,11:30-12:25')]), 'scene', '');
    expect(text).toMatch(/现在能骑进去 走东门，还剩 25 分钟/);
    expect(text).toContain('今天电动车可进：6:00–11:00、11:30–12:25，限速 15 公里。恶劣天气时全天可进。');
    expect(html).toContain('<rect class="day-open" x="25%" y="4" width="20.83%"');
    expect(html).toContain('class="day-now-box" x="50%"');
    expect(html.indexOf('现在能骑进去')).toBeLessThan(html.indexOf('门和规则'));
  });

  test('names the bicycles at its gate with the age of the count, not those of another compound', () => {
    const foreign = { ...swap, id: 'foreign', compound: '和平小区' };
    const { text, html } = screenAt(pocketOf([scene('Mo-Su 06:00-11:00'), foreign, swap]), 'scene', '');
    expect(text).toMatch(/换车 8 分钟前报的数，1 辆在修 6\/10 可用/);
    expect(html).toContain('href="/p/bikes"');
    expect(screenAt(pocketOf([scene('24/7'), foreign]), 'scene', '').text).not.toContain('可用');
  });

  test('marks the hours that find room under the bar', () => {
    const texts = (...stretches: number[]) => hourLabels(stretches).map(({ text }) => text);
    expect(texts(360, 660, 840, 1020)).toEqual(['0 点', '24', '6', '11', '14', '17']);
    expect(texts(30, 660, 700, 1420)).toEqual(['0 点', '24', '11']);
  });
});

describe('the report', () => {
  test('has six tiles, and its button repeats the choice', () => {
    const blank = screenAt(pocket, 'here', '?report');
    expect(blank.text).toMatch(/这里 哪里不对？点一下 没热水 充电坏了 关门了 不让进 脏 其他 补一句（可不填）/);
    expect(blank.text).toMatch(/ 提交 不用登录/);
    expect(blank.html).not.toContain('aria-pressed="true"');
    expect(readPlacePart('?report=refused')).toEqual({ kind: 'report', problem: 'refused' });
    const chosen = voicesOf(pocket, 'here', { form: { ...BLANK_FORM, problem: 'no-hot-water' } });
    const { text, html } = screenAt(pocket, 'here', '?report', { voices: chosen });
    expect(text).toContain('提交：没热水');
    expect(html).toMatch(/data-problem="no-hot-water" aria-pressed="true"/);
  });

  test('that could not be sent keeps everything and says so', () => {
    const failed = voicesOf(pocket, 'here', {
      form: { ...BLANK_FORM, problem: 'dirty', note: '垃圾没人收', failure: '服务器正忙，过一会儿再试。' },
    });
    const { text, html } = screenAt(pocket, 'here', '?report', { voices: failed });
    expect(text).toMatch(/没提交成功，内容还在。 服务器正忙，过一会儿再试。/);
    expect(text).toContain('再试一次');
    expect(html).toContain('value="垃圾没人收"');
  });
});

describe('the receipt', () => {
  const number = 'HRB-7F3K2M';
  const kept = { number, key: 'k', placeId: 'here', name: '这里', problem: 'no-hot-water', at: NOON - 60_000 };

  function withReceipts<Value>(run: () => Value): Value {
    const storage = new Map([['yz-receipts', JSON.stringify([kept])]]);
    const fake = { getItem: (key: string) => storage.get(key) ?? null };
    Object.defineProperty(globalThis, 'localStorage', { value: fake, configurable: true });
    try {
      return run();
    } finally {
      Reflect.deleteProperty(globalThis, 'localStorage');
    }
  }

  test('gives the number, how to follow it and where to go meanwhile, and no deadline', () => {
    const voices = voicesOf(pocket, 'here', {
      receipt: { number, news: { state: 'received', status: 'received', outcome: null } },
    });
    const { text, html } = withReceipts(() => screenAt(pocket, 'here', `?receipt=${number}`, { voices }));
    expect(text).toMatch(/已收到，编号 HRB-7F3K2M/);
    expect(text).toMatch(
      /已上报 今天 11:59 · 从本机提交 现在 已收到，还没有新的进展 怎么跟进 在「我的 · 我的上报」里看/,
    );
    expect(text).toMatch(/先去有热水的.*那里/);
    expect(html).toContain('href="/p/there"');
    expect(text).not.toMatch(/小时内|最晚|催办/);
  });

  test('waits on the phone while there is no network', () => {
    expect(screenAt(pocket, 'here', '?receipt=').text).toMatch(/已存在手机里 有网后打开本页会自动发送/);
    expect(readPlacePart('?receipt=<script>')).toEqual({ kind: 'receipt', number: null });
  });

  test('whose key another phone has cannot be read here', () => {
    expect(screenAt(pocket, 'here', `?receipt=${number}`).text).toMatch(
      /查不到编号 HRB-7F3K2M 只有提交它的那台手机能看/,
    );
  });
});

describe('what came of a word', () => {
  const sent = (effect: 'confirmed' | 'noted' | 'disputed' | 'broken' | 'restored') =>
    ({ state: 'sent', answer: { effect } }) as const;

  test('is told as it is: one voice closes nothing', () => {
    expect(confirmSaid('open', true, sent('confirmed')).text).toBe('已记下，谢谢');
    expect(confirmSaid('open', false, sent('noted')).text).toBe('已记下，谢谢 · 两个人都说关了才会标成存疑');
    expect(confirmSaid('services.rest', false, sent('noted')).text).toContain('两个人都说坏了才会标成故障');
    expect(confirmSaid('open', false, sent('disputed')).text).toContain('已标成存疑');
    expect(confirmSaid('services.rest', false, sent('broken')).text).toContain('已标成故障');
    expect(confirmSaid('open', true, sent('restored')).text).toContain('已恢复');
  });

  test('is queued without a network, and refused with the reason and another try', () => {
    expect(plainSaid({ state: 'queued' }, '好')).toMatchObject({
      text: '已存在手机里。有网后打开本页会自动发送',
      isDone: true,
    });
    expect(plainSaid({ state: 'refused', reason: '今天说得太多了' }, '好')).toMatchObject({
      text: '今天说得太多了',
      isDone: false,
    });
  });
});
