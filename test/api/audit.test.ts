// The audit for those who answer for the desk: read, exported, and checked.

import { beforeAll, describe, expect, test } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import { pino } from 'pino';
import { createAuditHeads } from '../../api/audit-heads.ts';
import { station, temporaryFile } from '../data/store/support.ts';
import { type DeskAgent, signedIn } from './desk-support.ts';
import { type Api, startApi } from './support.ts';

let api: Api;
let admin: DeskAgent;
let curator: DeskAgent;
let neighbour: DeskAgent;
beforeAll(async () => {
  api = await startApi([
    station({ id: 'north', name: '=HYPERLINK("http://bad.example")' }),
    station({ id: 'south', district: '230103', point: [126.66, 45.7] }),
  ]);
  admin = await signedIn(api, { role: 'admin' });
  curator = await signedIn(api, { role: 'curator', areaCode: '230102' });
  neighbour = await signedIn(api, { role: 'curator', areaCode: '230103' });
  const patch = (agent: DeskAgent, id: string, body: object, version: number) =>
    agent.patch(`/api/places/${id}`, body, { 'If-Match': `"${version}"` }).expect(200);
  await patch(curator, 'north', { seats: 1 }, 1);
  api.clock.now += 60_000;
  await patch(admin, 'north', { seats: 2 }, 2);
  await patch(admin, 'south', { seats: 3 }, 1);
});

interface Act {
  sequence: number;
  at: string;
  act: string;
  actor: string;
  subject: string | null;
}
const acts = async (agent: DeskAgent, query = ''): Promise<Act[]> =>
  (await agent.get(`/api/audit${query}`).expect(200)).body.items;

describe('reading', () => {
  test('tells who did what to what, the newest first', async () => {
    const { body } = await admin.get('/api/audit?limit=3').expect(200);
    expect(body.items[0]).toEqual({
      sequence: expect.any(Number),
      at: '2026-11-20T04:01:00.000Z',
      who: { kind: 'account', name: admin.account.displayName },
      actor: admin.account.id,
      act: 'place.update',
      actLabel: '修改点位',
      subject: 'south',
      subjectName: '尔滨新驿',
      details: { version: 2, fields: { seats: { from: null, to: 3 } } },
    });
    const older: Act[] = await acts(admin, `?limit=3&cursor=${body.next}`);
    expect(older[0]?.sequence).toBe(body.items[2].sequence - 1);
  });

  test('keeps to the actor, the act, the subject and the time that are asked for', async () => {
    expect(await acts(admin, `?actor=${curator.account.id}&act=place.update`)).toMatchObject([{ subject: 'north' }]);
    const ofPlaces = await acts(admin, '?act=place.');
    expect(new Set(ofPlaces.map((each) => each.act))).toEqual(new Set(['place.update']));
    expect(ofPlaces).toHaveLength(3);
    expect(await acts(admin, '?subject=south')).toHaveLength(1);
    expect(await acts(admin, '?act=place.&from=2026-11-20T12:01:00%2B08:00')).toHaveLength(2);
    expect(await acts(admin, '?act=place.&to=2026-11-20T12:01:00%2B08:00')).toHaveLength(1);
    await admin.get('/api/audit?from=yesterday').expect(400);
  });

  test('shows a curator their own acts, and all on their area’s places', async () => {
    const own = await acts(curator);
    expect(own.filter((each) => each.act === 'place.update').map((each) => each.subject)).toEqual(['north', 'north']);
    const others = own.filter((each) => each.actor !== curator.account.id);
    expect(others.every((each) => each.subject === 'north')).toBe(true);
    expect((await acts(neighbour)).filter((each) => each.act.startsWith('place.'))).toMatchObject([
      { subject: 'south' },
    ]);
    expect(await acts(neighbour, '?subject=north')).toEqual([]);
  });
});

describe('an export', () => {
  test('holds what was asked for as a table that runs no formula', async () => {
    await api.store.write((writing) =>
      api.store.audit.append(writing, {
        actor: { kind: 'system', name: '@SUM(1)' },
        act: 'place.update',
        subject: 'north',
        details: {},
      }),
    );
    const { text, headers } = await admin.get('/api/audit/export?subject=north').expect(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toContain('attachment');
    const lines = text.replace('\ufeff', '').trimEnd().split('\r\n');
    expect(text.startsWith('\ufeff序号,时间,谁,账号,做了什么')).toBe(true);
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain(`'@SUM(1)`);
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://bad.example"")"`);
    expect(lines[3]).toMatch(/,[0-9a-f]{64}$/);
  });

  test('has every row, also of many pages', async () => {
    await api.store.write(async (writing) => {
      for (let i = 0; i < 1203; i++) {
        const actor = { kind: 'system' as const, name: 'tests' };
        await api.store.audit.append(writing, { actor, act: 'tests.many', subject: null, details: { i } });
      }
    });
    const { text } = await admin.get('/api/audit/export?act=tests.many').expect(200);
    expect(text.trimEnd().split('\r\n')).toHaveLength(1204);
    expect(
      (await neighbour.get('/api/audit/export?act=tests.many').expect(200)).text.trimEnd().split('\r\n'),
    ).toHaveLength(1);
  });
});

describe('checking the chain', () => {
  test('says that it is whole, and with which head', async () => {
    const { body } = await admin.get('/api/audit/verification').expect(200);
    expect(body).toEqual({
      ok: true,
      message: expect.stringContaining('完整'),
      problem: null,
      sequence: null,
      head: await api.store.audit.head(),
      comparedWith: null,
    });
  });

  test('finds what was changed, and a tail that was cut off after a head was written down', async () => {
    const file = temporaryFile();
    const damaged = await startApi([station({ id: 'north' })], { file });
    const agent = await signedIn(damaged, { role: 'admin' });
    const { body: whole } = await agent.get('/api/audit/verification').expect(200);
    const database = new Sqlite(file);
    database.exec('drop trigger audit_refuses_delete; drop trigger audit_refuses_update');
    database.exec(`delete from audit where sequence = ${whole.head.sequence}`);
    const path = `/api/audit/verification?sequence=${whole.head.sequence}&hash=${whole.head.hash}`;
    expect((await agent.get(path).expect(200)).body).toMatchObject({ ok: false, problem: 'truncated' });
    expect((await agent.get('/api/audit/verification').expect(200)).body.ok).toBe(true);
    database.exec("update audit set details = '{}' where sequence = 2");
    database.close();
    const { body } = await agent.get('/api/audit/verification').expect(200);
    expect(body).toMatchObject({ ok: false, problem: 'edited', sequence: 2, head: null });
    await agent.get('/api/audit/verification?sequence=3').expect(400);
  });

  test('compares with the head that was last written to the log', async () => {
    const lines: string[] = [];
    const log = pino({}, { write: (line: string) => void lines.push(line) });
    const heads = createAuditHeads({ store: api.store, log, now: () => api.clock.now });
    expect(heads.last()).toBeNull();
    const head = await heads.export();
    expect(head).toEqual({ ...(await api.store.audit.head()), at: new Date(api.clock.now).toISOString() });
    expect(heads.last()).toEqual(head);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ auditHead: head });
  });

  test('is an administrator’s, and reading a curator’s', async () => {
    await curator.get('/api/audit/verification').expect(403);
    const worker = await signedIn(api, { role: 'grid-worker', areaCode: '230102' });
    for (const path of ['/api/audit', '/api/audit/export', '/api/audit/verification']) {
      await worker.get(path).expect(403);
      await api.request.get(path).expect(401);
    }
  });
});
