// What waits to be sent, kept in the phone's database; where there is none, as long as the page is open.

import { withStore } from './database.ts';

/** One thing that a rider said. */
export interface Letter {
  /** Their order; given when it is kept. */
  id: number;
  url: string;
  body: Record<string, unknown>;
  /** The same at every try: the server takes it once. */
  key: string;
  photos: readonly Blob[];
  /** Of those photos that have arrived. */
  photoIds: readonly string[];
  placeId: string;
  placeName: string;
  addedAtMs: number;
  /** After this it would tell of another time than it seems to; null is never. */
  untilMs: number | null;
  /** Why it will never be sent, for people; null while it waits. */
  refused: string | null;
}

export type NewLetter = Omit<Letter, 'id'>;

const inMemory = new Map<number, Letter>();

/** In the order in which they were said. */
export async function allLetters(): Promise<Letter[]> {
  const kept = (await withStore<Letter[]>('outbox', 'readonly', (store) => store.getAll())) ?? [];
  return [...kept, ...inMemory.values()];
}

export async function addLetter(letter: NewLetter): Promise<Letter> {
  const id = await withStore('outbox', 'readwrite', (store) => store.add(letter));
  // Negative, so that it is never taken for a kept one.
  const added = { ...letter, id: typeof id === 'number' ? id : -1 - inMemory.size };
  if (added.id < 0) inMemory.set(added.id, added);
  return added;
}

export async function changeLetter(letter: Letter): Promise<void> {
  if (letter.id < 0) inMemory.set(letter.id, letter);
  else await withStore('outbox', 'readwrite', (store) => store.put(letter));
}

export async function removeLetter({ id }: Pick<Letter, 'id'>): Promise<void> {
  inMemory.delete(id);
  await withStore('outbox', 'readwrite', (store) => store.delete(id));
}
