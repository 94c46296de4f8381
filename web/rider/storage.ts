// What the phone keeps for the app, as JSON in local storage. Where storage is switched off or full, nothing is kept and
// nothing breaks.

/** Undefined when nothing is kept, or nothing that can be read. */
export function readKept(key: string): unknown {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param value undefined removes what was kept */
export function keep(key: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Until the page is closed the app knows it still.
  }
}
