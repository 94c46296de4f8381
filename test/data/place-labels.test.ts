import { expect, test } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import { actLabel, whoOf } from '../../data/audit-labels.ts';
import { PLACE_FIELD_LABELS, placeFieldLabel } from '../../data/place-labels.ts';
import { PLACE_KEYS } from '../../data/place-schema.ts';
import { REVIEW_DECISIONS } from '../../data/review.ts';
import { PENDING_ACT_KINDS } from '../../data/store/pending-act-kinds.ts';
import { openStore } from '../../data/store/store.ts';
import { codeOf, sourceFiles } from '../house/source-files.ts';
import { temporaryFile } from './store/support.ts';

test('every field of a place has a Chinese name, and nothing else has', () => {
  expect(Object.keys(PLACE_FIELD_LABELS).sort()).toEqual([...PLACE_KEYS].sort());
  for (const label of Object.values(PLACE_FIELD_LABELS)) expect(label).toMatch(/^[一-龥（）]+$/);
  expect(placeFieldLabel('services.0.state')).toBe('设施');
  expect(placeFieldLabel('toString')).toBe('toString');
});

test('every act that is audited has a Chinese name', async () => {
  const file = temporaryFile();
  await (await openStore({ file })).close();
  const database = new Sqlite(file, { readonly: true });
  const columns = database
    .prepare("select t.name || '.' || c.name from sqlite_master t, pragma_table_info(t.name) c where t.type = 'table'")
    .pluck()
    .all();
  database.close();
  const nouns = /^(?:places?|account|session|invitation|announcement|note|photo|review|schema)\./;
  const said = sourceFiles('data', 'api').flatMap((each) => [
    ...codeOf(each).matchAll(/["'`]([a-z-]+\.[a-z-]+)["'`]/g),
  ]);
  const words = new Set(said.map((match) => match[1] ?? '').filter((word) => nouns.test(word)));
  const acts = [...words].filter((word) => !columns.includes(word) && !word.endsWith('.json'));
  for (const decision of REVIEW_DECISIONS) acts.push(`review.${decision}`);
  for (const name of Object.keys(PENDING_ACT_KINDS)) acts.push(`${name}.propose`, `${name}.run-alone`);
  expect(acts.length).toBeGreaterThan(40);
  expect(acts.filter((act) => actLabel(act) === act)).toEqual([]);
});

test('who acted is said as colleagues say it', () => {
  const names = new Map([['a1', '李姐']]);
  expect(whoOf({ kind: 'account', name: 'a1' }, names)).toEqual({ kind: 'account', name: '李姐' });
  expect(whoOf({ kind: 'account', name: 'a2' }, names).name).toBe('已经不在的账号');
  expect(whoOf({ kind: 'system', name: 'riders' }, names)).toEqual({ kind: 'riders', name: '骑手' });
  expect(whoOf({ kind: 'cli', name: 'root' }, names).name).toBe('命令行');
});
