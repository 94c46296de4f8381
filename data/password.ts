// What a password must be. Length is what counts; besides, it may not be one of those that are tried first. Pure.

export const LEAST_PASSWORD_CHARACTERS = 12;
export const MOST_PASSWORD_CHARACTERS = 200;

/** The commonest of twelve characters and more; what a rule below finds is not in the list. */
const COMMON = new Set([
  'password1234',
  'password12345',
  'password123456',
  'mypassword123',
  'passw0rd1234',
  'p@ssw0rd1234',
  'p@ssword1234',
  'administrator',
  'administrator1',
  'admin1234567',
  'admin12345678',
  'admin123456789',
  'adminadmin123',
  'qwertyuiopasdfghjkl',
  'qwerty123456',
  'qwerty1234567',
  'qwerty12345678',
  'qwertyuiop123',
  'qwertyuiop12',
  'asdfghjkl123',
  'asdfghjkl;12',
  '1q2w3e4r5t6y',
  '1q2w3e4r5t6y7u',
  '1q2w3e4r5t6y7u8i',
  '1qaz2wsx3edc',
  '1qaz2wsx3edc4rfv',
  '1qaz@wsx3edc',
  'qazwsxedcrfv',
  'qazwsxedc123',
  'zxcvbnm12345',
  'abc123456789',
  'abcd12345678',
  'a123456789012',
  'a12345678901',
  'aa123456789012',
  'aa1234567890',
  'iloveyou1234',
  'woaini1314520',
  'woaini520520',
  'woaini520131',
  'woaini123456',
  'woaini1314521',
  '520131452013',
  '5201314520131',
  '147258369147',
  '147258369123',
  '159357159357',
  '987654321012',
  '112233445566',
  '123456789abc',
  '123456789qwe',
  '1234567890qwe',
  '123qweasdzxc',
  'letmein12345',
  'welcome12345',
  'welcome123456',
  'changeme1234',
  'changeme12345',
  'default12345',
  'system123456',
  'huawei123456',
  'zhongguo1949',
  'zhongguo1234',
  'yizhan123456',
  'yizhan1234567',
]);

/** What is wrong with a password, in words for whoever chose it; undefined when it will do. */
export function faultOfPassword(password: string, username: string | null): string | undefined {
  const length = [...password].length;
  if (length < LEAST_PASSWORD_CHARACTERS) return `密码至少 ${LEAST_PASSWORD_CHARACTERS} 个字符，现在是 ${length} 个`;
  if (length > MOST_PASSWORD_CHARACTERS) return `密码最多 ${MOST_PASSWORD_CHARACTERS} 个字符`;
  if (!password.isWellFormed()) return '密码里有不成对的字符';
  const plain = password.normalize('NFKC').toLowerCase();
  if (username !== null && withoutEnds(plain) === withoutEnds(username)) return '密码不能是用户名';
  if (COMMON.has(plain) || isRepetition(plain) || isRun(plain)) {
    return '这个密码太常见，容易被猜中；可以用几个不相干的词连起来';
  }
  return undefined;
}

/** A name with a year or some signs around it is still the name. */
function withoutEnds(text: string): string {
  return text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '') || text;
}

/** The same few characters again and again. */
function isRepetition(text: string): boolean {
  return /^(.{1,6})\1+$/u.test(text) || new Set(text).size <= 3;
}

/** One after the other: 123456789012, abcdefghijkl, 210987654321. */
function isRun(text: string): boolean {
  const steps = new Set<number>();
  for (let i = 1; i < text.length; i++) steps.add((text.charCodeAt(i) - text.charCodeAt(i - 1) + 10) % 10);
  return steps.size === 1;
}
