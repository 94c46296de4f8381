// Which part of a place's pages the URL asks for.

export type PlacePart =
  | { kind: 'place' }
  /** `problem`: what the link says was chosen beforehand, unchecked. */
  | { kind: 'report'; problem: string }
  /** `number`: null while the report waits on the phone. */
  | { kind: 'receipt'; number: string | null };

const NUMBER = /^[A-Z]{2,5}-[0-9A-HJKMNP-TV-Z]{6}$/;

export function readPlacePart(search: string): PlacePart {
  const parameters = new URLSearchParams(search);
  const problem = parameters.get('report');
  if (problem !== null) return { kind: 'report', problem };
  const number = parameters.get('receipt');
  if (number === null) return { kind: 'place' };
  return { kind: 'receipt', number: NUMBER.test(number) ? number : null };
}
