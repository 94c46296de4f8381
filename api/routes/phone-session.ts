// POST /api/phone-session: keepers and merchants sign in with a phone and a code, which comes as a short message or from
// the desk. Nothing tells whether a number has an account.

import { setTimeout as sleep } from 'node:timers/promises';
import { PLACE_ROLES } from '../../data/account.ts';
import { phoneSessionSchema } from '../../data/account-schema.ts';
import type { KnownAccount } from '../../data/store/store.ts';
import type { AppContext } from '../context.ts';
import { addressOf } from '../creation.ts';
import { signedInAnswer } from '../desk-answers.ts';
import { phoneLookup } from '../posts.ts';
import { sendOwn } from '../reply.ts';
import { type Route, route } from '../route.ts';
import { attempt, beginSession, DEVICE_TO_ENROL, signInFailed } from '../sign-in.ts';
import { makeCode, SENT_CODE_MS, takeCode } from '../sign-in-code.ts';

/** Longer than a write to the disk takes, which only an account's code costs. */
const LEAST_ANSWER_MS = 150;

export function phoneSessionRoutes(context: AppContext): Route[] {
  const { store, secret, headers, limits, backOff, sms, city, now } = context;

  async function knownBy(phone: string): Promise<KnownAccount | undefined> {
    const known = await store.desk.accounts.known('phone_lookup', phoneLookup(secret, phone));
    return known?.account.status === 'active' && PLACE_ROLES.includes(known.account.role) ? known : undefined;
  }

  function sendCode(phone: string): void {
    sms.sendSoon(async () => {
      const known = await knownBy(phone);
      if (!known) return undefined;
      const actor = { kind: 'system', name: 'sms' } as const;
      const { code } = await makeCode(context, { accountId: known.account.id, validMs: SENT_CODE_MS, actor });
      const minutes = String(SENT_CODE_MS / 60_000);
      const text = `【${city.title}】登录码 ${code}，${minutes} 分钟内有效。不要告诉别人，工作人员不会向你要。`;
      return { to: phone, template: 'sign-in-code', params: { code, minutes }, text };
    });
  }

  return [
    route({
      method: 'post',
      path: '/api/phone-session',
      access: 'anyone',
      body: phoneSessionSchema,
      operation: {
        id: 'signInByPhone',
        tag: '账号',
        summary: '用手机号登录',
        description:
          '只写 phone，是要一个登录码；再写上 code，是登录，答复里有 cookie yizhan_session。号码有没有账号，答复都一样。没有接短信的城市，登录码由管理员给。',
        headers: DEVICE_TO_ENROL,
        answers: {
          200: { description: '登录了', content: { 'application/json': 'SignedIn' } },
          202: { description: '收到了', content: { 'application/json': 'CodeRequested' } },
          401: { description: '不对' },
          429: { description: '要得太多，或试得太多' },
        },
      },
      async handle(request, response, _query, { phone, code }) {
        const lookup = phoneLookup(secret, phone);
        if (code === undefined) {
          await limits.signInCode({ address: addressOf(request), phone: lookup });
          sendCode(phone);
          return sendOwn(response, headers, { by: sms.isConfigured ? 'sms' : 'desk' }, 202);
        }
        const succeeded = attempt(backOff, request, lookup);
        const known = await knownBy(phone);
        const [isRight] = await Promise.all([takeCode(context, known?.account.id ?? '', code), sleep(LEAST_ANSWER_MS)]);
        const proof = { totpStep: undefined };
        const session = known && isRight && (await beginSession(context, request, response, known, proof));
        if (!session) throw signInFailed('手机号或登录码不对，或登录码过期了；一个登录码只能用一次');
        succeeded();
        sendOwn(response, headers, signedInAnswer(secret, { account: known.account, session }, now()));
      },
    }),
  ];
}
