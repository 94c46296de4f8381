// Opens a store and kills itself before the given SQL statement. Without a number it says how many there are.

import { openStore } from '../../../data/store/store.ts';

const [file = '', folder = '', last] = process.argv.slice(2);
let statements = 0;
const store = await openStore({
  file,
  migrations: new URL(folder),
  onStatement() {
    statements += 1;
    if (String(statements) === last) process.kill(process.pid, 'SIGKILL');
  },
});
await store.close();
console.log(statements);
