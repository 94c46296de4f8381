import { beforeAll, expect, test } from '@jest/globals';
import { type DeskAgent, signedIn } from './desk-support.ts';
import { type Api, startApi } from './support.ts';

let api: Api;
let keeper: DeskAgent;

beforeAll(async () => {
  api = await startApi([], {});
  keeper = await signedIn(api, { role: 'curator', areaCode: '230102' });
});

const read = (osm: string) => keeper.get(`/api/desk/hours-reading?osm=${encodeURIComponent(osm)}`);

test('hours are read back in words, with what they mean now and next', async () => {
  // A Friday at noon.
  const { body } = await read('Mo-Fr 8:30-17:00; PH off').expect(200).expect('Cache-Control', 'no-store');
  expect(body).toMatchObject({
    canonical: 'Mo-Fr 08:30-17:00; PH off',
    words: '周一至周五 8:30–17:00，节假日休息',
    now: { text: '营业中 · 至 17:00' },
    opensAt: '周一 8:30',
  });
  expect(body.week).toHaveLength(7);
  expect(body.week[5]).toMatchObject({ weekday: 6, ranges: 'closed' });
});

test('a night that the next day’s rule cuts off is pointed out', async () => {
  const { body } = await read('Fr 18:00-02:00; Sa 10:00-18:00').expect(200);
  expect(body.advice).toContain('过零点');
});

test('what cannot be read is refused with what would be right', async () => {
  const { body } = await read('周一到周五').expect(400);
  expect(body.errors).toMatchObject([{ field: 'osm', message: expect.stringContaining('Mo Tu We') }]);
});

test('nobody without an account asks', async () => {
  await api.request.get('/api/desk/hours-reading?osm=24/7').expect(401);
});
