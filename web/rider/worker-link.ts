// The page's side of the service worker: it is asked for once the answer is there, and says when there is a newer build.

import type { StartState } from '../pages/start-state.ts';

const UPDATE_MS = 3_600_000;

/** What a page asks of the worker, and what it answers. */
export const WORKER_MESSAGES = { version: 'version', fill: 'fill' } as const;

/**
 * Nothing that the app needs hangs on it: where there is no worker, or it is refused, the network alone serves.
 * @param foundNewBuild called when another build than this page's has taken over; the page goes on as it is
 */
export function linkWorker(start: StartState, foundNewBuild: () => void): void {
  const { serviceWorkerUrl } = start;
  // Some web-views have the name and nothing behind it.
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (serviceWorkerUrl === null || !workers) return;
  workers.addEventListener('controllerchange', () => {
    void askVersion(workers.controller).then((version) => {
      if (version !== undefined && version !== start.build) foundNewBuild();
    });
  });
  workers.register(serviceWorkerUrl).then(
    async (registration) => {
      updateWhenSeen(registration);
      const { active } = await workers.ready;
      if (!savesData()) active?.postMessage(WORKER_MESSAGES.fill);
    },
    () => {
      // Storage may be full or switched off.
    },
  );
}

/** A page may stay open for weeks; browsers look for a new worker only when one is opened. */
function updateWhenSeen(registration: ServiceWorkerRegistration): void {
  let askedAtMs = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.hidden || Date.now() - askedAtMs < UPDATE_MS) return;
    askedAtMs = Date.now();
    registration.update().catch(() => {
      // Without a network there is no newer one either.
    });
  });
}

function askVersion(worker: ServiceWorker | null): Promise<string | undefined> {
  return new Promise((resolve) => {
    if (!worker) return resolve(undefined);
    const channel = new MessageChannel();
    channel.port1.onmessage = (event: MessageEvent<string>) => resolve(event.data);
    worker.postMessage(WORKER_MESSAGES.version, [channel.port2]);
  });
}

/** Then the map comes when it is opened, not before. */
function savesData(): boolean {
  return (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
}
