// The one translation between a place and its row. Columns follow from the schema's keys and types: a new field is a
// line in the schema and a migration, and none here.

import { z } from 'zod';
import { kindSchemas, type Place } from '../place-schema.ts';

type KeysOfUnion<Union> = Union extends unknown ? keyof Union : never;
export type PlaceKey = KeysOfUnion<Place>;

type SnakeCase<Text extends string> = Text extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : Text;

/** Flags are 0 or 1, lists and objects JSON texts: plain columns that any engine has. */
type Stored<Value> = Value extends boolean ? number : Value extends string | number | null ? Value : string;
/** A key that a kind does not have is null in its rows. */
type ColumnValue<Key extends PlaceKey> = Place extends infer Each
  ? Each extends { [key in Key]: infer Value }
    ? Stored<Value>
    : null
  : never;

/** A place as it lies in the table: its keys in snake case, `point` as `lng` and `lat`, in degrees WGS-84. */
export type PlaceColumns = { [Key in Exclude<PlaceKey, 'point'> as SnakeCase<Key>]: ColumnValue<Key> } & {
  lng: number;
  lat: number;
};

/** `seq` gives the short code and is never reused; `revision` is the counter's value at the last change. */
export type PlaceRow = PlaceColumns & { seq: number; revision: number };
export const INTERNAL_COLUMNS = ['seq', 'revision'] as const;

type Storage = 'plain' | 'flag' | 'json' | 'point';

interface Field {
  key: string;
  column: string;
  storage: Storage;
}

/** `shortCode` → `short_code`. */
export function columnName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function storageOf(key: string, schema: z.core.$ZodType): Storage {
  if (key === 'point') return 'point';
  let inner = schema;
  while (inner instanceof z.ZodNullable) inner = inner.unwrap();
  if (inner instanceof z.ZodBoolean) return 'flag';
  const isJson = inner instanceof z.ZodArray || inner instanceof z.ZodObject || inner instanceof z.ZodTuple;
  return isJson ? 'json' : 'plain';
}

const FIELDS_BY_KIND = new Map<string, Field[]>(
  Object.entries(kindSchemas).map(([kind, schema]) => [
    kind,
    Object.entries<z.core.$ZodType>(schema.shape).map(([key, field]) => ({
      key,
      column: columnName(key),
      storage: storageOf(key, field),
    })),
  ]),
);

function fieldsOf(kind: string): Field[] {
  const fields = FIELDS_BY_KIND.get(kind);
  if (!fields) throw new Error(`A row of the unknown kind ${kind}`);
  return fields;
}

/** All columns that hold a place's own keys, in the schema's order. */
export const PLACE_COLUMNS: readonly string[] = [
  ...new Set(
    [...FIELDS_BY_KIND.values()]
      .flat()
      .flatMap((field) => (field.storage === 'point' ? ['lng', 'lat'] : [field.column])),
  ),
];

const EMPTY_ROW = Object.fromEntries(PLACE_COLUMNS.map((column) => [column, null]));

/** The whole row of a valid place: every column, those of other kinds null. */
export function rowOf(place: Place, internal: { seq: number; revision: number }): PlaceRow {
  const row: Record<string, unknown> = { ...EMPTY_ROW, ...internal };
  const values: Record<string, unknown> = place;
  for (const { key, column, storage } of fieldsOf(place.kind)) {
    const value = values[key];
    if (storage === 'point') [row.lng, row.lat] = place.point;
    else if (value === null || storage === 'plain') row[column] = value;
    else row[column] = storage === 'flag' ? Number(value) : JSON.stringify(value);
  }
  return row as PlaceRow;
}

/** The place of a row that `rowOf` wrote: exactly the keys of its kind. */
export function placeOf(row: PlaceRow): Place {
  const place: Record<string, unknown> = {};
  const values: Record<string, unknown> = row;
  for (const { key, column, storage } of fieldsOf(row.kind)) {
    const value = values[column];
    if (storage === 'point') place[key] = [row.lng, row.lat];
    else if (value === null || storage === 'plain') place[key] = value;
    else place[key] = storage === 'flag' ? value === 1 : JSON.parse(value as string);
  }
  return place as Place;
}
