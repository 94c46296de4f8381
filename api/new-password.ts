// A password that somebody chose, refused in words when it is too easy to guess.

import { faultOfPassword } from '../data/password.ts';
import { Problem } from './problem.ts';

/** @throws Problem 400 naming the field */
export function checkPassword(password: string, username: string | null, field = 'password'): void {
  const message = faultOfPassword(password, username);
  if (message !== undefined) throw new Problem('weak-password', message, [{ field, code: 'weak-password', message }]);
}
