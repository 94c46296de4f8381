// The thread that makes a backup: reading, hashing and waiting for the disk stop nobody here.

import { parentPort, workerData } from 'node:worker_threads';
import { backUp, tryBackup } from '../data/backup.ts';
import type { BackupDone, BackupOrder } from './backups.ts';

const { databaseFile, folder, nowMs } = workerData as BackupOrder;
const { auditHead } = await backUp(databaseFile, folder, new Date(nowMs));
await tryBackup(folder);
parentPort?.postMessage({ auditHead } satisfies BackupDone);
