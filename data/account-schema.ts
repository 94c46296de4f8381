// The schemas of accounts, sessions, invitations and acts that wait: what is sent to the desk's routes, and what they
// answer. Never in the rider's bundle.

import { z } from 'zod';
import { ACCOUNT_STATUSES, AREA_CODE, ROLES, readUsername } from './account.ts';
import { readMobile } from './phone.ts';
import { instantSchema } from './place-schema.ts';

const username = z
  .string()
  .refine(
    (text) => readUsername(text) !== undefined,
    '用户名写 2 到 40 个字母、汉字、数字或 . _ @ -，以字母、汉字或数字开头',
  )
  .transform((text) => readUsername(text) ?? '')
  .describe('不分大小写');
/** Whether it is good enough is asked where the username is known. */
const password = z.string().max(1000).describe('至少 12 个字符');
const totp = z
  .string()
  .regex(/^\d{3} ?\d{3}$/, '要写验证器里的 6 位数字')
  .transform((text) => text.replace(' ', ''))
  .describe('验证器里现在的 6 位数字；管理员要写');
const displayName = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .refine((text) => text.isWellFormed() && !/\p{C}/u.test(text), '有看不见的字符')
  .describe('同事看到的名字');
const phone = z
  .string()
  .refine((text) => readMobile(text) !== undefined, '要写 11 位手机号')
  .transform((text) => readMobile(text) ?? '')
  .describe('手机号，加密保存');
const token = z.string().max(200).describe('链接里 # 后面的那一段');
const areaCode = z.string().regex(AREA_CODE, '要写 6 位区县、9 位街道或 12 位社区代码');
const placeIds = z.array(z.string().max(40)).max(50);
const role = z.enum(ROLES);
const post = {
  role,
  areaCode: areaCode.optional().describe('区街管理员、网格员要写'),
  placeIds: placeIds.optional().describe('驻点负责人、商户要写：自己的点位'),
};

export const setupSchema = z.strictObject({ token, username, password });
export const signInSchema = z.strictObject({
  username: z.string().max(200),
  password,
  totp: totp.optional(),
});
export const confirmationOfSessionSchema = z.strictObject({
  password: password.optional(),
  totp: totp.optional(),
  code: z.string().max(20).optional().describe('没有密码的账号：短信或管理员给的一次性登录码'),
});
export const newPasswordSchema = z.strictObject({ old: password, new: password });
export const phoneSessionSchema = z.strictObject({
  phone,
  code: z
    .string()
    .regex(/^\d{8}$/, '要写 8 位登录码')
    .optional()
    .describe('不写就是要一个'),
});
export const newInvitationSchema = z.strictObject({
  ...post,
  phone: phone.optional().describe('驻点负责人、商户：以后用它登录'),
});
export const invitationTokenSchema = z.strictObject({ token });
export const acceptInvitationSchema = z.strictObject({
  token,
  username: username.optional().describe('用手机号登录的可以不写；重设的链接不写'),
  displayName: displayName.optional().describe('重设的链接不写'),
  password: password.optional().describe('用手机号登录的可以不写'),
});
export const accountChangesSchema = z.strictObject({
  displayName: displayName.optional(),
  areaCode: areaCode.optional(),
  placeIds: placeIds.min(1).optional(),
  phone: phone.nullable().optional().describe('驻点负责人、商户的手机号；null 删去'),
  status: z.enum(ACCOUNT_STATUSES).optional().describe('disabled 停用，马上退出所有设备'),
});
export const newRoleSchema = z.strictObject(post);

export const totpAnswerSchema = z.strictObject({
  totpSecret: z.string().nullable().describe('Base32，只给这一次；不用动态码的角色是 null'),
  otpauthUri: z.string().nullable().describe('给验证器扫的二维码的内容'),
});

export const accountSchema = z.strictObject({
  id: z.string(),
  username: z.string().nullable(),
  displayName: z.string(),
  role,
  areaCode: z.string().nullable(),
  placeIds: z.array(z.string()),
  status: z.enum(ACCOUNT_STATUSES),
  phone: z.string().nullable().describe('138****1234'),
  hasPassword: z.boolean().describe('false：只用手机号和登录码'),
  createdAt: instantSchema,
});
export type AccountAnswer = z.infer<typeof accountSchema>;

export const accountListSchema = z.strictObject({ items: z.array(accountSchema), next: z.string().nullable() });

export const sessionSchema = z.strictObject({
  id: z.string(),
  label: z.string().describe('在什么上登录的：Chrome · Windows'),
  createdAt: instantSchema,
  lastSeenAt: instantSchema.describe('准到一分钟'),
  endsAt: instantSchema.describe('再不用，到这时就要重新登录'),
  isEnrolled: z.boolean().describe('绑定了设备'),
  isCurrent: z.boolean(),
});
export const sessionListSchema = z.strictObject({ items: z.array(sessionSchema), next: z.null() });
export type SessionAnswer = z.infer<typeof sessionSchema>;

export const signedInSchema = z.strictObject({
  account: accountSchema,
  session: sessionSchema,
  confirmedUntil: instantSchema.nullable().describe('危险的操作到这时为止不用再输密码；null：现在就要输'),
  needsTotp: z.boolean().describe('再输密码时也要动态码'),
  mayInvite: z.array(role).describe('可以邀请的角色'),
  idleMinutes: z.int().nullable().describe('多少分钟不用就退出；null：不会'),
});
export type SignedInAnswer = z.infer<typeof signedInSchema>;

export const pendingActSchema = z.strictObject({
  id: z.string(),
  act: z.string(),
  label: z.string().describe('给人看的说法'),
  payload: z.record(z.string(), z.unknown()),
  proposedBy: z.strictObject({ id: z.string(), displayName: z.string() }),
  at: instantSchema,
  readyAt: instantSchema.nullable().describe('没有第二位管理员时，到这时自己执行；null：等另一位管理员同意'),
  isOwn: z.boolean().describe('自己提的，自己不能同意'),
});
export type PendingActAnswer = z.infer<typeof pendingActSchema>;
export const pendingActListSchema = z.strictObject({ items: z.array(pendingActSchema), next: z.null() });

export const invitationSchema = z.strictObject({
  id: z.string(),
  role,
  areaCode: z.string().nullable(),
  placeIds: z.array(z.string()),
  phone: z.string().nullable().describe('138****1234'),
  /** Whose credentials it renews. */
  accountId: z.string().nullable(),
  createdBy: z.strictObject({ id: z.string(), displayName: z.string() }),
  createdAt: instantSchema,
  expiresAt: instantSchema,
  isHeld: z.boolean().describe('要等另一位管理员同意，链接才能用'),
});
export type InvitationAnswer = z.infer<typeof invitationSchema>;
export const invitationListSchema = z.strictObject({ items: z.array(invitationSchema), next: z.null() });

export const newInvitationAnswerSchema = z.strictObject({
  url: z.string().describe('只给这一次；用一次就作废'),
  invitation: invitationSchema,
  pendingAct: pendingActSchema.nullable(),
});
export const lookedAtInvitationSchema = z.strictObject({
  role,
  areaCode: z.string().nullable(),
  places: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  isReset: z.boolean().describe('true：给已有的账号重设密码和动态码'),
  username: z.string().nullable().describe('重设时，账号的用户名'),
  wantsUsername: z.boolean().describe('要写用户名和密码；false：用手机号登录，可以不写'),
  needsTotp: z.boolean(),
  expiresAt: instantSchema,
});
export const acceptedInvitationSchema = z.strictObject({
  ...totpAnswerSchema.shape,
  username: z.string().nullable().describe('以后登录用的'),
});
export const signInCodeSchema = z.strictObject({
  code: z.string().describe('8 位，只给这一次'),
  expiresAt: instantSchema,
});
export const codeRequestedSchema = z.strictObject({
  by: z.enum(['sms', 'desk']).describe('sms：号码有账号就会收到短信；desk：请向管理员要登录码'),
});
export const revealedPhoneSchema = z.strictObject({ phone: z.string() });
