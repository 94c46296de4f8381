import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ReviewDetail, ReviewItem } from '../../data/review-schema.ts';
import { type DeskAgent, signedIn } from './desk-support.ts';
import { type Api, startApi } from './support.ts';
import { CORNER, confirm, DAY_MS, deviceAged, GATE, post } from './voices-support.ts';

const SPOT = [126.6, 45.76];

interface Sent {
  number: string;
  key: string;
}

let api: Api;
let token: string;
let admin: DeskAgent;
let curator: DeskAgent;
let elsewhere: DeskAgent;

beforeAll(async () => {
  api = await startApi([CORNER, { ...GATE, point: [126.66, 45.75], district: '230103' }]);
  token = await deviceAged(api, 2 * DAY_MS);
  admin = await signedIn(api, { role: 'admin' });
  curator = await signedIn(api, { role: 'curator', areaCode: '230102' });
  elsewhere = await signedIn(api, { role: 'curator', areaCode: '230103' });
});

beforeEach(async () => {
  for (const item of await queue(admin)) {
    const { choices } = await detail(admin, item.id);
    const choice = choices.find((each) => ['return', 'confirm-open'].includes(each.decision));
    await decide(admin, item, { decision: choice?.decision, reason: '清空' }).expect(200);
  }
});

async function queue(agent: DeskAgent, query = ''): Promise<ReviewItem[]> {
  return (await agent.get(`/api/reviews${query}`).expect(200)).body.items;
}

async function detail(agent: DeskAgent, id: number): Promise<ReviewDetail> {
  return (await agent.get(`/api/reviews/${id}`).expect(200)).body;
}

function decide(agent: DeskAgent, { id, version }: Pick<ReviewItem, 'id' | 'version'>, body: object) {
  return agent.post(`/api/reviews/${id}/decision`, body, { 'If-Match': `"${version}"` });
}

async function suggested(body: object): Promise<{ sent: Sent; item: ReviewItem }> {
  const { body: sent } = await post(api, '/api/suggestions', token, body).expect(201);
  const [item] = (await queue(admin, '?kind=suggestion')).slice(-1);
  if (!item) throw new Error('It does not wait');
  return { sent, item };
}

async function outcomeOf({ number, key }: Sent) {
  const { body } = await api.request.get(`/api/receipts/${number}`).set('Receipt-Key', key).expect(200);
  return { status: body.status, reason: body.outcome?.reason ?? null, place: body.place };
}

const place = async (id: string) => {
  const found = await api.store.places.get(id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};

describe('the queue', () => {
  test('holds suggestions, reports together by place and problem, and disputes, the urgent first', async () => {
    await suggested({ placeId: 'corner', changes: { name: '街角驿站' } });
    for (let i = 0; i < 2; i++) {
      const device = await deviceAged(api, 2 * DAY_MS);
      await post(api, '/api/places/corner/reports', device, { problem: 'dirty' }).expect(201);
    }
    await confirm(api, await deviceAged(api, 2 * DAY_MS), 'open', false, 'gate');
    await confirm(api, await deviceAged(api, 2 * DAY_MS), 'open', false, 'gate');
    const items = await queue(admin);
    expect(items.map(({ kind, voices, isUrgent }) => [kind, voices, isUrgent])).toEqual([
      ['report', 2, true],
      ['dispute', 1, true],
      ['suggestion', 1, false],
    ]);
    expect(items.map((item) => item.summary)).toEqual(['脏', '两位以上骑手反映没有开门', '要改：名称']);
    const { body } = await admin.get('/api/reviews?limit=2').expect(200);
    expect(body.counts).toEqual({ suggestion: 1, dispute: 1, report: 1, photo: 0 });
    const next = await queue(admin, `?limit=2&cursor=${encodeURIComponent(body.next)}`);
    expect(next.map((item) => item.kind)).toEqual(['suggestion']);
    await admin.get('/api/reviews?cursor=1').expect(400);
  });

  test('shows a curator their own area, and refuses the rest', async () => {
    await suggested({ placeId: 'corner', changes: { name: '街角' } });
    const [item] = await queue(curator);
    expect(item?.placeId).toBe('corner');
    expect(await queue(elsewhere)).toEqual([]);
    const refused = await elsewhere.get(`/api/reviews/${item?.id}`).expect(403);
    expect(refused.body).toMatchObject({ code: 'not-allowed', detail: expect.stringContaining('不在你负责的范围') });
    await decide(elsewhere, item ?? { id: 0, version: 1 }, { decision: 'approve' }).expect(403);
  });

  test('loses a dispute that riders end themselves', async () => {
    for (let i = 0; i < 2; i++) await confirm(api, await deviceAged(api, 2 * DAY_MS), 'open', false);
    expect((await queue(admin)).map((item) => item.kind)).toContain('dispute');
    for (let i = 0; i < 2; i++) await confirm(api, await deviceAged(api, 2 * DAY_MS), 'open', true);
    expect((await queue(admin)).map((item) => item.kind)).not.toContain('dispute');
    const [closed] = await queue(admin, '?state=closed&kind=dispute');
    expect(closed?.outcome).toMatchObject({ decision: 'superseded', by: null });
  });
});

describe('a suggestion', () => {
  test('is shown with before and after, note, voices, and what may be decided', async () => {
    await confirm(api, await deviceAged(api, 2 * DAY_MS), 'services.hot-water', true);
    const { item } = await suggested({
      placeId: 'corner',
      point: [126.598, 45.7585],
      changes: { name: '街角驿站', hoursText: '8点到20点', services: { add: ['toilet'], remove: ['rest'] } },
      note: '有事找我 13804512345',
    });
    const seen = await detail(curator, item.id);
    expect(seen.changes).toEqual([
      { field: 'name', label: '名称', before: '尔滨新驿', after: '街角驿站' },
      { field: 'hours', label: '开放时间', before: null, after: '8点到20点' },
      { field: 'services', label: '设施', before: '热水、手机充电、休息', after: '热水、手机充电、厕所' },
      { field: 'point', label: '位置', before: '原来的位置', after: '挪动 45 米' },
    ]);
    expect(seen.proposed).toMatchObject({ hoursOsm: '08:00-20:00', name: '街角驿站' });
    expect(seen.notes).toMatchObject([{ text: '有事找我 138****2345', isMasked: true }]);
    expect(seen.others[0]).toMatchObject({ label: '热水能用', by: 'rider', weighs: true });
    expect(seen.points.map((point) => point.role)).toEqual(['now', 'suggested']);
    expect(seen.choices.map((choice) => choice.label)).toEqual(['通过', '退回', '改后通过']);
    const number = seen.notes[0]?.number ?? '';
    const revealed = await curator.post(`/api/reviews/${item.id}/note-reveals`, { number }).expect(200);
    expect(revealed.body).toEqual({ number, text: '有事找我 13804512345' });
  });

  test('approved changes the place at once, in history, index and snapshot', async () => {
    const { sent, item } = await suggested({ placeId: 'corner', changes: { address: '上海街 100 号' } });
    const version = (await place('corner')).version;
    const { body } = await decide(curator, item, { decision: 'approve' }).expect(200);
    expect(body.outcome).toMatchObject({ label: '通过', by: { id: curator.account.id } });
    expect(body.choices).toEqual([]);
    expect(await place('corner')).toMatchObject({ address: '上海街 100 号', version: version + 1 });
    const shown = await api.request.get('/api/places/corner').expect(200);
    expect(shown.body.properties.address).toBe('上海街 100 号');
    expect(await outcomeOf(sent)).toMatchObject({ status: 'approved', reason: null });
    expect(await api.store.audit.verify()).toMatchObject({ ok: true });
  });

  test('returned needs a reason, which the rider reads', async () => {
    const { sent, item } = await suggested({ placeId: 'corner', changes: { name: '别的名字' } });
    const before = await place('corner');
    const refused = await decide(curator, item, { decision: 'return' }).expect(400);
    expect(refused.body.errors).toMatchObject([{ field: 'reason' }]);
    await decide(curator, item, { decision: 'return', reason: '核实过，和登记的一致' }).expect(200);
    expect(await outcomeOf(sent)).toMatchObject({ status: 'returned', reason: '核实过，和登记的一致' });
    expect(await place('corner')).toEqual(before);
  });

  test('amended comes true as the desk wrote it', async () => {
    const { sent, item } = await suggested({ placeId: 'corner', changes: { hoursText: '看情况，一般白天' } });
    expect(await detail(curator, item.id)).toMatchObject({ hoursNeedRewriting: true, proposed: {} });
    const refused = await decide(curator, item, { decision: 'approve' }).expect(400);
    expect(refused.body.detail).toContain('改后通过');
    await decide(curator, item, { decision: 'amend' }).expect(400);
    await decide(curator, item, { decision: 'amend', changes: { hoursOsm: '周一到周五' } }).expect(400);
    await decide(curator, item, { decision: 'amend', changes: { hoursOsm: 'Mo-Fr 8:00-17:00' } }).expect(200);
    expect((await place('corner')).hoursOsm).toBe('Mo-Fr 08:00-17:00');
    expect((await outcomeOf(sent)).status).toBe('amended');
  });

  test('of a new place makes it, with the like ones nearby told before', async () => {
    const { sent, item } = await suggested({
      point: SPOT,
      changes: { kind: 'station', name: '尔滨新驿', services: { add: ['hot-water'], remove: [] } },
    });
    const seen = await detail(curator, item.id);
    expect(seen.place).toBeNull();
    expect(seen.duplicates).toEqual([]);
    const near = await suggested({ point: [126.5978, 45.7584], changes: { kind: 'station', name: '尔滨驿站' } });
    const { duplicates } = await detail(curator, near.item.id);
    expect(duplicates).toMatchObject([{ id: 'corner', why: expect.stringContaining('相距') }]);

    await decide(curator, item, { decision: 'approve' }).expect(200);
    const { place: made } = await outcomeOf(sent);
    expect(await place(made.id)).toMatchObject({
      kind: 'station',
      district: '230102',
      status: 'active',
      confirmedAt: null,
      positionQuality: 'approx',
      services: [{ code: 'hot-water', state: 'ok', confirmedAt: null, confirmedBy: null }],
    });
    await api.request.get(`/api/places/${made.id}`).expect(200);
  });
});

describe('two curators', () => {
  test('the second learns who was first and what they decided', async () => {
    const { item } = await suggested({ placeId: 'corner', changes: { name: '谁先' } });
    await decide(curator, item, { decision: 'return', reason: '核实过' }).expect(200);
    const { body } = await decide(admin, item, { decision: 'approve' }).expect(412);
    expect(body.code).toBe('version-conflict');
    expect(body.detail).toContain(curator.account.displayName);
    expect(body.detail).toContain('退回');
    expect(body.conflict).toMatchObject({ decision: 'return', by: { id: curator.account.id } });
  });

  test('a voice that came in between is read first', async () => {
    await post(api, '/api/places/corner/reports', token, { problem: 'refused' }).expect(201);
    const [item] = await queue(curator, '?kind=report');
    const other = await deviceAged(api, 2 * DAY_MS);
    await post(api, '/api/places/corner/reports', other, { problem: 'refused', note: '保安说的' }).expect(201);
    const answer = await decide(curator, item ?? { id: 0, version: 0 }, { decision: 'approve' }).expect(412);
    expect(answer.body.detail).toContain('又有人反映');
  });

  test('a decision without the seen version is none', async () => {
    const { item } = await suggested({ placeId: 'corner', changes: { name: '无版本' } });
    await curator.post(`/api/reviews/${item.id}/decision`, { decision: 'approve' }).expect(428);
    await curator.post(`/api/reviews/${item.id}/decision`, { decision: 'approve', version: item.version }).expect(200);
  });

  test('only choices of the kind are taken', async () => {
    const { item } = await suggested({ placeId: 'corner', changes: { name: '暂停' } });
    const { body } = await decide(curator, item, { decision: 'pause', reason: '维修' }).expect(400);
    expect(body.detail).toContain('改后通过');
  });
});

describe('taking a decision back', () => {
  test('brings the place and the receipt back, within ten seconds', async () => {
    const before = await place('corner');
    const { sent, item } = await suggested({ placeId: 'corner', changes: { name: '一时之名', closedForGood: true } });
    const decided = await decide(curator, item, { decision: 'approve' }).expect(200);
    expect((await place('corner')).status).toBe('retired');
    api.clock.now += 10_000;
    expect(Date.parse(decided.body.outcome.undoUntil)).toBe(api.clock.now);
    await admin.post(`/api/reviews/${item.id}/undo`).expect(403);
    const { body } = await curator.post(`/api/reviews/${item.id}/undo`).expect(200);
    expect(body).toMatchObject({ state: 'open', outcome: null });
    expect(await place('corner')).toMatchObject({ name: before.name, status: 'active', statusReason: null });
    expect((await outcomeOf(sent)).status).toBe('received');
  });

  test('is too late afterwards', async () => {
    const { item } = await suggested({ placeId: 'corner', changes: { name: '太晚' } });
    await decide(curator, item, { decision: 'return', reason: '一致' }).expect(200);
    api.clock.now += 10_001;
    await curator.post(`/api/reviews/${item.id}/undo`).expect(409);
  });

  test('is refused when the place has changed since', async () => {
    const { item } = await suggested({ placeId: 'corner', changes: { address: '某处' } });
    await decide(curator, item, { decision: 'approve' }).expect(200);
    await confirm(api, token, 'services.rest', true);
    await curator.post(`/api/reviews/${item.id}/undo`).expect(412);
  });

  test('hides a place that was made, and makes it again of itself', async () => {
    const { sent, item } = await suggested({ point: [126.62, 45.77], changes: { kind: 'toilet', name: '江畔公厕' } });
    await decide(curator, item, { decision: 'approve' }).expect(200);
    const made = (await outcomeOf(sent)).place.id;
    const { body } = await curator.post(`/api/reviews/${item.id}/undo`).expect(200);
    await api.request.get(`/api/places/${made}`).expect(404);
    expect(body.place).toBeNull();
    const count = (await api.allPlaces()).length;
    await decide(curator, body, { decision: 'approve' }).expect(200);
    expect((await outcomeOf(sent)).place.id).toBe(made);
    expect(await api.allPlaces()).toHaveLength(count);
    await api.request.get(`/api/places/${made}`).expect(200);
  });
});

describe('a dispute', () => {
  async function disputed(): Promise<ReviewItem> {
    for (let i = 0; i < 2; i++) {
      const device = await deviceAged(api, 2 * DAY_MS);
      await post(api, '/api/places/corner/reports', device, { problem: 'closed' }).expect(201);
    }
    const [item] = await queue(curator, '?kind=dispute');
    if (!item) throw new Error('not disputed');
    return item;
  }

  test('confirmed open is open again, fresh, and not taken down by one voice more', async () => {
    const item = await disputed();
    await decide(curator, item, { decision: 'confirm-open' }).expect(200);
    expect(await place('corner')).toMatchObject({
      status: 'active',
      statusReason: null,
      confirmedBy: 'curator',
      confirmedAt: new Date(api.clock.now).toISOString(),
    });
    expect(await queue(curator)).toEqual([]);
    await confirm(api, await deviceAged(api, 2 * DAY_MS), 'open', false);
    expect((await place('corner')).status).toBe('active');
  });

  test('may be a pause until some day, with its reason on the page', async () => {
    const item = await disputed();
    await decide(curator, item, { decision: 'pause' }).expect(400);
    await decide(curator, item, { decision: 'pause', reason: '维修', until: '2020-01-01T00:00:00Z' }).expect(400);
    const until = new Date(api.clock.now + DAY_MS).toISOString();
    await decide(curator, item, { decision: 'pause', reason: '正在维修', until }).expect(200);
    expect(await place('corner')).toMatchObject({ status: 'paused', statusReason: '正在维修', statusUntil: until });
    await curator.post(`/api/reviews/${item.id}/undo`).expect(200);
    expect((await place('corner')).status).toBe('disputed');
    expect((await queue(curator)).map((each) => each.kind).sort()).toEqual(['dispute', 'report']);
  });
});

describe('reports', () => {
  test('of one matter are answered together', async () => {
    const sent: Sent[] = [];
    for (let i = 0; i < 2; i++) {
      const device = await deviceAged(api, 2 * DAY_MS);
      sent.push((await post(api, '/api/places/corner/reports', device, { problem: 'dirty' }).expect(201)).body);
    }
    const [item] = await queue(curator, '?kind=report');
    await decide(curator, item ?? { id: 0, version: 0 }, { decision: 'approve', reason: '已打扫' }).expect(200);
    for (const each of sent) {
      expect(await outcomeOf(each)).toMatchObject({ status: 'resolved', reason: '已打扫' });
    }
    const later = await post(api, '/api/places/corner/reports', token, { problem: 'dirty' }).expect(201);
    expect(await outcomeOf(later.body)).toMatchObject({ status: 'received' });
    const [again] = await queue(curator, '?kind=report');
    await decide(curator, again ?? { id: 0, version: 0 }, { decision: 'return', reason: '到现场看过，当时正常' });
    expect(await outcomeOf(later.body)).toMatchObject({ status: 'unverifiable', reason: '到现场看过，当时正常' });
  });
});

test('ready reasons are there for the screens', async () => {
  const { body } = await curator.get('/api/review-reasons').expect(200);
  expect(body.items).toContainEqual(expect.objectContaining({ kind: 'suggestion', decision: 'return' }));
});
