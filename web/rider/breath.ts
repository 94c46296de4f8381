// Work in steps: between them the phone draws, and answers a finger.

/** Lets what waits be done first. */
export function breath(): Promise<void> {
  return pause(0);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
