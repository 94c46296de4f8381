// The way in: configuration, city, store, index, listen, and a clean end. Routes are in `app.ts`.
import '../data/utc.ts';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createCalendar } from '../data/calendar.ts';
import { loadCity } from '../data/load-city.ts';
import { createHoursBook } from '../data/opening-hours.ts';
import { openStore } from '../data/store/store.ts';
import { createApp, createServer } from './app.ts';
import { createAuditHeads } from './audit-heads.ts';
import { createBackups } from './backups.ts';
import { ConfigError, readConfig } from './config.ts';
import { seedFirstStart } from './first-start.ts';
import { keepHouse, keepHouseDaily } from './housekeeping.ts';
import { followStore } from './index/follow-store.ts';
import { PlaceIndex } from './index/place-index.ts';
import { createLog } from './log.ts';
import { createMetricsServer, METRICS_HOST } from './metrics.ts';
import { createSecret, readSecretKey } from './secret.ts';
import { newSetupToken } from './setup-token.ts';
import { writeInWorker } from './snapshot-writer.ts';
import { createSnapshots, REST_MS } from './snapshots.ts';
import { stopCleanly } from './stop.ts';
import { Traffic } from './traffic.ts';

const POLL_MS = 2000;
const log = createLog();
process.on('uncaughtException', (error) => {
  // Nobody knows what state this process is in: say it once, and let another take over.
  log.fatal({ err: error }, 'uncaught exception');
  process.exit(1);
});

try {
  await serve();
} catch (error) {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else log.fatal({ err: error }, 'could not start');
  process.exit(1);
}

async function serve(): Promise<void> {
  const config = readConfig();
  const loaded = await loadCity(config.city);
  const { city, schematic } = loaded;
  const databaseFile = path.join(config.dataFolder, 'yizhan.sqlite');
  const store = await openStore({ file: databaseFile, idPrefix: city.prefix });
  await seedFirstStart(store, loaded, config.demo, (line) => process.stdout.write(`${line}\n`));

  const now = Date.now;
  const hoursBook = createHoursBook({ timezone: city.timezone, calendar: createCalendar(city) });
  const index = new PlaceIndex({ city, hoursBook, now });
  await followStore(index, store);
  const writer = writeInWorker({ databaseFile, index, city });
  const snapshots = createSnapshots({ writer, index, now, restMs: REST_MS, log });
  const readiness = { isStopping: false };
  const secret = createSecret(readSecretKey(config));
  const setupToken = (await store.desk.accounts.hasAdmin()) ? null : newSetupToken();
  const traffic = new Traffic();
  const backups = createBackups({ dataFolder: config.dataFolder, databaseFile, now, log });
  const auditHeads = createAuditHeads({ store, log, now });
  const made = { auditHeads, snapshots, readiness, log, secret, setupToken, traffic, backups };
  const app = createApp({ store, index, now, config, city, schematic, ...made });
  const tidy = () => keepHouse(store, { dataFolder: config.dataFolder, timezone: city.timezone, nowMs: now() });
  await tidy();
  keepHouseDaily(tidy, (error) => log.error({ err: error }, 'could not tidy up'));

  const server = createServer(app).listen(config.port, config.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = config.port === 0 ? `http://localhost:${port}` : config.publicUrl;
  process.stdout.write(`Yizhan listening on ${url}\n`);
  if (setupToken !== null) process.stdout.write(`Desk setup: ${url}/desk/setup#token=${setupToken}\n`);
  const poll = setInterval(() => {
    store.pollChanges().catch((error: unknown) => log.error({ err: error }, 'could not ask the store for changes'));
    snapshots.freshen();
  }, POLL_MS);
  auditHeads.start();
  const stopBackups = backups.start();
  if (config.metricsPort !== null) {
    createMetricsServer({ traffic, index, store, backups, databaseFile, now }).listen(config.metricsPort, METRICS_HOST);
  }
  const stopWork = () => Promise.all([stopBackups(), snapshots.close()]);
  stopCleanly({ server, store, readiness, log, poll, stopWork });
}
