// What filters and distances need of each place, in typed arrays that grow together.

const TYPES = {
  lng: Float64Array,
  lat: Float64Array,
  /** Position in PLACE_KINDS. */
  kind: Uint8Array,
  /** 0 where a slot is empty: withdrawn, or moved to another slot. */
  alive: Uint8Array,
  disputed: Uint8Array,
  demo: Uint8Array,
  version: Uint32Array,
  /** Bit masks in the order of SERVICE_CODES: ok or unknown; ok and confirmed. */
  usable: Uint32Array,
  confirmed: Uint32Array,
  /** Number of the hours text. */
  hours: Uint32Array,
  /** Position in the city's districts. */
  district: Uint16Array,
  /** Where the static feature lies in the arena. */
  featureOffset: Float64Array,
  featureLength: Uint32Array,
};
type Name = keyof typeof TYPES;
export type Columns = { [Each in Name]: InstanceType<(typeof TYPES)[Each]> };
export const COLUMN_NAMES = Object.keys(TYPES) as Name[];

export function makeColumns(capacity: number): Columns {
  return Object.fromEntries(COLUMN_NAMES.map((name) => [name, new TYPES[name](capacity)])) as Columns;
}

export function grownColumns(columns: Columns, capacity: number): Columns {
  const grown = makeColumns(capacity);
  for (const name of COLUMN_NAMES) grown[name].set(columns[name]);
  return grown;
}
