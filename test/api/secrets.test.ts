// What must stay secret is planted, used in every way there is, and looked for: in the log, the database, its journal and
// a backup.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { backUp } from '../../data/backup.ts';
import { totpCodeAt } from '../../data/credentials.ts';
import { PLAIN_STATION } from '../data/store/plain-station.ts';
import { temporaryFolder } from '../data/store/support.ts';
import { agentWith, cookieOf, signedIn } from './desk-support.ts';
import { type Api, startApi } from './support.ts';
import { deviceAged } from './voices-support.ts';

const SETUP_TOKEN = 'canary-of-the-setup-token';
const PASSWORDS = ['canary in the coal mine', 'canary with a new feather', 'canary that was a wrong one'] as const;
const PHONES = ['13812340001', '13812340002', '13812340003'] as const;

/** Secrets by what they are. */
const planted = new Map<string, string>();
let api: Api;

beforeAll(async () => {
  // A webhook where nobody answers: what goes wrong with it is logged.
  const environment = { YIZHAN_SMS_WEBHOOK: 'http://127.0.0.1:9/sms' };
  api = await startApi([{ ...PLAIN_STATION, id: 'corner' }], { environment, setupToken: SETUP_TOKEN });
  const post = (url: string, body: object, headers: Record<string, string> = {}) =>
    api.request.post(url).set(headers).send(body);
  const [password, newPassword, wrongPassword] = PASSWORDS;
  const [phone, otherPhone, unknownPhone] = PHONES;
  const username = 'chen';

  const { totpSecret } = (await post('/api/setup', { token: SETUP_TOKEN, username, password }).expect(201)).body;
  const code = () => totpCodeAt(totpSecret, api.clock.now);
  await post('/api/session', { username, password: wrongPassword, totp: code() }).expect(401);
  await post('/api/session', { username: wrongPassword, password, totp: code() }).expect(401);
  const session = await post('/api/session', { username, password, totp: code() }).expect(200);
  const { account } = session.body;
  const admin = agentWith(api, account, { id: account.id, username, password, totpSecret }, cookieOf(session));
  await admin.post('/api/session/password', { old: password, new: newPassword }).expect(204);

  const invitation = (await admin.post('/api/invitations', { role: 'keeper', placeIds: ['corner'], phone })).body;
  const token = new URL(invitation.url).hash.replace('#token=', '');
  await post('/api/invitations/look', { token }).expect(200);
  await post('/api/invitations/accept', { token, displayName: '站长' }).expect(201);
  const open = (await admin.post('/api/invitations', { role: 'keeper', placeIds: ['corner'], phone: otherPhone })).body;
  const keeper = (await admin.get('/api/accounts?role=keeper')).body.items[0];
  for (const each of [phone, unknownPhone]) await post('/api/phone-session', { phone: each }).expect(202);
  const given = (await admin.post(`/api/accounts/${keeper.id}/sign-in-code`).expect(201)).body.code;
  const unused = (await admin.post(`/api/accounts/${keeper.id}/sign-in-code`).expect(201)).body.code;
  const device = await deviceAged(api, 0);
  const byPhone = await post('/api/phone-session', { phone, code: given }, { 'Device-Token': device }).expect(200);
  await admin.post(`/api/accounts/${keeper.id}/phone-reveals`).expect(200);
  await signedIn(api, { role: 'grid-worker', areaCode: '230102' });
  while (!api.written.some((line) => line.includes('could not send')))
    await new Promise((done) => setTimeout(done, 20));

  for (const [name, value] of Object.entries({
    'the setup token': SETUP_TOKEN,
    'the TOTP secret': totpSecret,
    'the administrator’s session': cookieOf(session).split('=')[1],
    'the keeper’s session': cookieOf(byPhone).split('=')[1],
    'a used link': token,
    'an open link': new URL(open.url).hash.replace('#token=', ''),
    'a used code': given,
    'an open code': unused,
    'a device’s token': device,
  })) {
    planted.set(name, String(value));
  }
  PASSWORDS.forEach((each, i) => void planted.set(`password ${i}`, each));
  PHONES.forEach((each, i) => void planted.set(`phone ${i}`, each));
});

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile());
}

/** Names of the secrets that stand in a text, as they are or as JSON, a query or base64 would write them. */
function foundIn(content: Buffer): string[] {
  return [...planted].flatMap(([name, value]) => {
    const forms = [value, encodeURIComponent(value), Buffer.from(value).toString('base64').replace(/=+$/, '')];
    return forms.some((form) => content.includes(form)) ? [name] : [];
  });
}

test('secrets are found where they are', () => {
  expect(planted.size).toBe(15);
  for (const [name, value] of planted) {
    expect(value.length).toBeGreaterThanOrEqual(8);
    expect(foundIn(Buffer.from(`{"text":"${value}"}`))).toEqual([name]);
  }
});

test('the log holds none of them, though it has something to tell', () => {
  expect(api.written.length).toBeGreaterThan(0);
  expect(foundIn(Buffer.from(api.written.join('\n')))).toEqual([]);
});

test('the database and its journal hold none of them', () => {
  const files = filesUnder(path.dirname(api.file)).filter((file) => file.startsWith(api.file));
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) expect(foundIn(readFileSync(file))).toEqual([]);
});

test('a backup holds none of them', async () => {
  const folder = path.join(temporaryFolder(), 'backup');
  await backUp(api.file, folder, new Date(api.clock.now));
  const files = filesUnder(folder);
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) expect(foundIn(readFileSync(file))).toEqual([]);
});
