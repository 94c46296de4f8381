// The end of the audit's chain, written to the log every hour: whoever cuts the audit's tail off later, or writes it anew,
// would have to change the log as well.

import type { Logger } from 'pino';
import type { AuditHead, Store } from '../data/store/store.ts';

export interface ExportedHead extends AuditHead {
  /** RFC 3339. */
  at: string;
}

export interface AuditHeads {
  /** The last one that this process wrote to the log. */
  last(): ExportedHead | null;
  export(): Promise<ExportedHead>;
  /** Now, and every hour from then on. */
  start(): void;
}

const HOUR_MS = 3_600_000;

export function createAuditHeads({
  store,
  log,
  now,
}: {
  store: Pick<Store, 'audit'>;
  log: Pick<Logger, 'info' | 'error'>;
  now: () => number;
}): AuditHeads {
  let last: ExportedHead | null = null;

  async function exportHead(): Promise<ExportedHead> {
    const head = { ...(await store.audit.head()), at: new Date(now()).toISOString() };
    log.info({ auditHead: head }, 'audit head');
    last = head;
    return head;
  }

  const tryToExport = () =>
    void exportHead().catch((error: unknown) => log.error({ err: error }, 'could not export the audit head'));

  return {
    last: () => last,
    export: exportHead,
    start() {
      tryToExport();
      setInterval(tryToExport, HOUR_MS).unref();
    },
  };
}
