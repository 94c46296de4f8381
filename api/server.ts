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
import { ConfigError, readConfig } from './config.ts';
import { seedFirstStart } from './first-start.ts';
import { keepHouse, keepHouseDaily } from './housekeeping.ts';
import { followStore } from './index/follow-store.ts';
import { PlaceIndex } from './index/place-index.ts';
import { createLog } from './log.ts';
import { createSecret, readSecretKey } from './secret.ts';
import { createSnapshots } from './snapshots.ts';
import { stopCleanly } from './stop.ts';

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
  const store = await openStore({ file: path.join(config.dataFolder, 'yizhan.sqlite'), idPrefix: city.prefix });
  await seedFirstStart(store, loaded, config.demo, (line) => process.stdout.write(`${line}\n`));

  const now = Date.now;
  const hoursBook = createHoursBook({ timezone: city.timezone, calendar: createCalendar(city) });
  const index = new PlaceIndex({ city, hoursBook, now });
  await followStore(index, store);
  const snapshots = createSnapshots({ store, index, city, now });
  const readiness = { isStopping: false };
  const secret = createSecret(readSecretKey(config));
  const app = createApp({ store, index, snapshots, now, config, city, schematic, readiness, log, secret });
  const tidy = () => keepHouse(store, { dataFolder: config.dataFolder, timezone: city.timezone, nowMs: now() });
  await tidy();
  keepHouseDaily(tidy, (error) => log.error({ err: error }, 'could not tidy up'));

  const server = createServer(app).listen(config.port, config.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`Yizhan listening on ${config.port === 0 ? `http://localhost:${port}` : config.publicUrl}\n`);
  const poll = setInterval(() => {
    store.pollChanges().catch((error: unknown) => log.error({ err: error }, 'could not ask the store for changes'));
  }, POLL_MS);
  stopCleanly({ server, store, readiness, log, poll });
}
