// What goes wrong, and the audit's head every hour: one line of JSON each on standard error. Requests are not logged: their
// queries hold positions.

import { type Logger, pino } from 'pino';

export function createLog(): Logger {
  return pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true }));
}
