// SHA-256 over rows, the same for the audit's digests of bulk acts and for the hashes in a backup's manifest.

import { createHash } from 'node:crypto';

/** One row as a text that does not depend on the order of its columns: `[[column, value], …]` sorted by column. */
export function canonicalRow(row: object): string {
  return JSON.stringify(Object.entries(row).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Hex SHA-256 over rows in the given order, each as its canonical text and a line feed. */
export function digestOfRows(rows: Iterable<object>): string {
  const hash = createHash('sha256');
  for (const row of rows) hash.update(`${canonicalRow(row)}\n`);
  return hash.digest('hex');
}

/** The same for a whole table, whatever order its rows come in. */
export function digestOfTable(rows: readonly object[]): string {
  const hash = createHash('sha256');
  for (const text of rows.map(canonicalRow).sort()) hash.update(`${text}\n`);
  return hash.digest('hex');
}
