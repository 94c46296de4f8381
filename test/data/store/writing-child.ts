// Creates places without end, eight writers at a time; says each id on stdout once it was acknowledged. Made to be killed.

import { writeSync } from 'node:fs';
import { openStore } from '../../../data/store/store.ts';

const [file = '', draft = ''] = process.argv.slice(2);
const store = await openStore({ file });
await Promise.all(
  Array.from({ length: 8 }, async () => {
    for (;;) {
      const { id } = await store.places.create(JSON.parse(draft), { kind: 'system', name: 'child' });
      writeSync(1, `${id}\n`);
    }
  }),
);
