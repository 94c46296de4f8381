// The one secret of an installation, and all that is made from it: signatures, keyed hashes, sealed texts. Whoever has
// the database alone can neither read what is sealed in it nor tell whose hash it holds.

import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { StoreError } from './store/errors.ts';

export const KEY_FILE = 'secret.key';
/** As many as 128 random bits take in hexadecimal. */
export const LEAST_SECRET_CHARACTERS = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What a key is for: nothing that is made for one purpose fits another. */
export type Purpose =
  | 'device-token'
  | 'device'
  | 'check-in'
  | 'receipt-key'
  | 'report-note'
  | 'place-contact'
  | 'suggestion-note'
  | 'idempotency'
  | 'idempotency-answer'
  | 'session'
  | 'setup'
  | 'sign-in'
  | 'invitation'
  | 'totp'
  | 'phone'
  | 'phone-lookup'
  | 'sign-in-code'
  | 'api-key';

export interface Secret {
  /** HMAC-SHA256. */
  sign(purpose: Purpose, content: string | Buffer): Buffer;
  /** The same as hex, for columns. */
  hash(purpose: Purpose, content: string | Buffer): string;
  /** AES-256-GCM, base64url. It opens only for the same `about`: what is sealed in one row is no use in another. */
  seal(purpose: Purpose, text: string, about: string): string;
  /** Throws when it was not sealed by this secret, for this purpose and subject. */
  open(purpose: Purpose, sealed: string, about: string): string;
}

export function createSecret(key: string): Secret {
  const keys = new Map<Purpose, Buffer>();
  function keyFor(purpose: Purpose): Buffer {
    const known = keys.get(purpose) ?? Buffer.from(hkdfSync('sha256', key, '', `yizhan ${purpose}`, 32));
    keys.set(purpose, known);
    return known;
  }
  const sign: Secret['sign'] = (purpose, content) => createHmac('sha256', keyFor(purpose)).update(content).digest();

  return {
    sign,
    hash: (purpose, content) => sign(purpose, content).toString('hex'),
    seal(purpose, text, about) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', keyFor(purpose), nonce).setAAD(Buffer.from(about));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open(purpose, sealed, about) {
      const bytes = Buffer.from(sealed, 'base64url');
      const text = bytes.subarray(NONCE_BYTES + TAG_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', keyFor(purpose), bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(Buffer.from(about))
        .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
    },
  };
}

/**
 * A database that was restored without its key still has to be looked after: what cannot be opened any more is
 * undefined, and can be set anew.
 */
export function openIfPossible(secret: Secret, purpose: Purpose, sealed: string, about: string): string | undefined {
  try {
    return secret.open(purpose, sealed, about);
  } catch {
    return undefined;
  }
}

/** Whether two hashes are the same, in a time that does not tell how far they are. */
export function isSameHash(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * The key of the key file in the data folder, which is made with mode 0600 when absent.
 * @throws StoreError `bad-key-file` for a key file that holds no key
 */
export function readKeyFile(dataFolder: string): string {
  const file = path.join(dataFolder, KEY_FILE);
  const key = readIfThere(file) ?? makeKeyFile(file);
  if (key.length < LEAST_SECRET_CHARACTERS) {
    throw new StoreError(
      'bad-key-file',
      `${file}：密钥文件不完整，要有至少 ${LEAST_SECRET_CHARACTERS} 个字符；请从保管处恢复`,
    );
  }
  // Whoever copied it here may have left it readable to all.
  chmodSync(file, 0o600);
  return key;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Written whole under another name first: two processes that start together agree on one key, and never on half of it. */
function makeKeyFile(file: string): string {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(file, 'utf8').trim();
}
