// Writes a small PMTiles archive of vector tiles, byte by byte, so that tests need no file of others.
// Sources: github.com/protomaps/PMTiles › spec/v3/spec.md; mapbox.com vector-tile-spec 2.1.

import { gzipSync } from 'node:zlib';
import { zxyToTileId } from 'pmtiles';

/** Each tile is this wide and high in its own units. */
const EXTENT = 4096;

export interface TileFeature {
  properties: Record<string, string | number>;
  /** In units of the tile, x to the east and y to the south. A polygon is one ring, clockwise as it is seen, not closed. */
  geometry: { type: 'point' | 'line' | 'polygon'; points: readonly (readonly [x: number, y: number])[] };
}
export interface TileLayer {
  name: string;
  features: readonly TileFeature[];
}
export interface Tile {
  z: number;
  x: number;
  y: number;
  layers: readonly TileLayer[];
}

/** A polygon over the whole tile and a little beyond, so that no seam shows. */
export const WHOLE_TILE: TileFeature['geometry'] = {
  type: 'polygon',
  points: [
    [-64, -64],
    [EXTENT + 64, -64],
    [EXTENT + 64, EXTENT + 64],
    [-64, EXTENT + 64],
  ],
};

/** @param box west, south, east, north in degrees */
export function writeArchive(tiles: readonly Tile[], box: readonly [number, number, number, number]): Buffer {
  const entries = tiles
    .map(({ z, x, y, layers }) => ({ id: zxyToTileId(z, x, y), bytes: gzipSync(encodeTile(layers)) }))
    .sort((a, b) => a.id - b.id);
  const directory = gzipSync(encodeDirectory(entries));
  const metadata = gzipSync(JSON.stringify({ vector_layers: [] }));
  const data = Buffer.concat(entries.map(({ bytes }) => bytes));
  const zooms = tiles.map(({ z }) => z);

  const header = Buffer.alloc(127);
  header.write('PMTiles', 'latin1');
  header.writeUInt8(3, 7);
  let at = header.length;
  for (const [i, { length }] of [directory, metadata, Buffer.alloc(0), data].entries()) {
    header.writeBigUInt64LE(BigInt(at), 8 + i * 16);
    header.writeBigUInt64LE(BigInt(length), 16 + i * 16);
    at += length;
  }
  for (const field of [72, 80, 88]) header.writeBigUInt64LE(BigInt(entries.length), field);
  // Clustered; directories gzip, tiles gzip; vector tiles.
  header.set([1, 2, 2, 1, Math.min(...zooms), Math.max(...zooms)], 96);
  for (const [i, degrees] of box.entries()) header.writeInt32LE(Math.round(degrees * 1e7), 102 + i * 4);
  header.writeUInt8(Math.min(...zooms), 118);
  return Buffer.concat([header, directory, metadata, data]);
}

function encodeDirectory(entries: readonly { id: number; bytes: Buffer }[]): Buffer {
  const steps = entries.map(({ id }, i) => id - (entries[i - 1]?.id ?? 0));
  const lengths = entries.map(({ bytes }) => bytes.length);
  // An offset of 0 says: right behind the one before. The first says 0 + 1.
  const offsets = entries.map((_, i) => (i === 0 ? 1 : 0));
  return Buffer.concat([entries.length, ...steps, ...entries.map(() => 1), ...lengths, ...offsets].map(varint));
}

function encodeTile(layers: readonly TileLayer[]): Buffer {
  return Buffer.concat(layers.map((layer) => bytesField(3, encodeLayer(layer))));
}

function encodeLayer({ name, features }: TileLayer): Buffer {
  const keys = [...new Set(features.flatMap(({ properties }) => Object.keys(properties)))];
  const values = [...new Set(features.flatMap(({ properties }) => Object.values(properties)))];
  return Buffer.concat([
    numberField(15, 2),
    bytesField(1, Buffer.from(name)),
    ...features.map(({ properties, geometry }) => {
      const tags = Object.entries(properties).flatMap(([key, value]) => [keys.indexOf(key), values.indexOf(value)]);
      const type = { point: 1, line: 2, polygon: 3 }[geometry.type];
      const feature = [packedField(2, tags), numberField(3, type), packedField(4, commands(geometry))];
      return bytesField(2, Buffer.concat(feature));
    }),
    ...keys.map((key) => bytesField(3, Buffer.from(key))),
    ...values.map((value) =>
      bytesField(4, typeof value === 'string' ? bytesField(1, Buffer.from(value)) : numberField(5, value)),
    ),
    numberField(5, EXTENT),
  ]);
}

function commands({ type, points }: TileFeature['geometry']): number[] {
  const zigzag = (value: number) => (value << 1) ^ (value >> 31);
  const steps = points.map(([x, y], i) => {
    const [beforeX, beforeY] = points[i - 1] ?? [0, 0];
    return [zigzag(x - beforeX), zigzag(y - beforeY)];
  });
  const moveTo = [(1 << 3) | 1, ...(steps[0] ?? [])];
  if (type === 'point') return moveTo;
  const lineTo = [((points.length - 1) << 3) | 2, ...steps.slice(1).flat()];
  return [...moveTo, ...lineTo, ...(type === 'polygon' ? [(1 << 3) | 7] : [])];
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
}

const numberField = (field: number, value: number) => Buffer.concat([varint(field << 3), varint(value)]);
const bytesField = (field: number, bytes: Buffer) =>
  Buffer.concat([varint((field << 3) | 2), varint(bytes.length), bytes]);
const packedField = (field: number, values: number[]) => bytesField(field, Buffer.concat(values.map(varint)));
