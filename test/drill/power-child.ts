// The control of the power drill: writes rows as the package is set up by itself, and says each on stdout.

import { writeSync } from 'node:fs';
import Sqlite from 'better-sqlite3';

const [file = ''] = process.argv.slice(2);
const database = new Sqlite(file);
// The table is safe before the log begins: what is missing later are rows.
database.exec('create table if not exists rows (id text primary key, filling text)');
database.pragma('journal_mode = WAL');
database.pragma('synchronous = NORMAL');
const insert = database.prepare('insert into rows (id, filling) values (?, ?)');
for (let i = 0; ; i++) {
  insert.run(`row-${i}`, 'x'.repeat(500));
  writeSync(1, `row-${i}\n`);
}
