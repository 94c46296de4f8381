// The phone's database, in the few lines that are needed of it. Everybody who asks can do without: private windows and
// some web-views have none.

export type StoreName = 'snapshot' | 'outbox';

const NAME = 'yizhan';
const VERSION = 1;
/** Some web-views never answer. */
const TIMEOUT_MS = 2000;

let opening: Promise<IDBDatabase | undefined> | undefined;

/** Undefined where there is none. */
export function openDatabase(): Promise<IDBDatabase | undefined> {
  opening ??= open();
  return opening;
}

function open(): Promise<IDBDatabase | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), TIMEOUT_MS);
    const settle = (database?: IDBDatabase) => {
      clearTimeout(timer);
      resolve(database);
    };
    try {
      const request = indexedDB.open(NAME, VERSION);
      request.onupgradeneeded = () => {
        request.result.createObjectStore('snapshot');
        request.result.createObjectStore('outbox', { keyPath: 'id', autoIncrement: true });
      };
      request.onsuccess = () => {
        const database = request.result;
        // A newer version of the app in another tab wants to change it: that one goes first.
        database.onversionchange = () => database.close();
        settle(database);
      };
      request.onerror = () => settle();
      request.onblocked = () => settle();
    } catch {
      settle();
    }
  });
}

/**
 * Runs one transaction and answers what `work` asked for, once it is safely written.
 * @returns undefined where there is no database, or it failed (a full disk, say)
 */
export async function withStore<Result>(
  name: StoreName,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result | undefined> {
  const database = await openDatabase();
  if (!database) return undefined;
  return new Promise((resolve) => {
    try {
      const transaction = database.transaction(name, mode);
      const request = work(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => resolve(undefined);
      transaction.onabort = () => resolve(undefined);
    } catch {
      resolve(undefined);
    }
  });
}
