// The end: say first that nobody should be sent here, finish what is under way, keep what is written, go.

import type { Server } from 'node:http';
import type { Logger } from 'pino';
import type { Store } from '../data/store/store.ts';
import type { Readiness } from './context.ts';

/** Between saying that it stops and closing the door, for those who ask `/readyz`. */
const NOTICE_MS = 500;
/** Whatever is still under way then is given up; the whole end takes ten seconds at most. */
const LAST_CALL_MS = 8000;
/** What does not end by itself is left: all that was acknowledged is on the disk. */
const END_MS = 9500;

export function stopCleanly(parts: {
  server: Server;
  store: Pick<Store, 'close'>;
  readiness: Readiness;
  log: Logger;
  poll: NodeJS.Timeout;
  /** Gives up what is being made on the side: a backup, a snapshot. */
  stopWork: () => Promise<unknown>;
}): void {
  const { server, store, readiness, log, poll, stopWork } = parts;
  const stop = () => {
    if (readiness.isStopping) return;
    readiness.isStopping = true;
    clearInterval(poll);
    setTimeout(close, NOTICE_MS);
  };

  function close(): void {
    server.close(async () => {
      try {
        await stopWork();
        await store.close();
        process.exit(0);
      } catch (error) {
        log.error({ err: error }, 'could not close the store');
        process.exit(1);
      }
    });
    server.closeIdleConnections();
    // Connections that are kept open without a question would hold the door: close them as they fall idle.
    setInterval(() => server.closeIdleConnections(), 100).unref();
    setTimeout(() => server.closeAllConnections(), LAST_CALL_MS).unref();
    setTimeout(() => {
      log.error('could not end in time');
      process.exit(1);
    }, END_MS - NOTICE_MS).unref();
  }

  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
