// Which part of a place's pages the URL asks for.

export type PlacePart =
  | { kind: 'place' }
  /** `problem`: what the link says was chosen beforehand, unchecked. */
  | { kind: 'report'; problem: string }
  /** `number`: null while the report waits on the phone. */
  | { kind: 'receipt'; number: string | null }
  /** What should be different here; without a place, a new one. */
  | { kind: 'suggest' }
  /** `number`: null while the suggestion waits on the phone. */
  | { kind: 'suggestion-receipt'; number: string | null };

const NUMBER = /^[A-Z]{2,5}-[0-9A-HJKMNP-TV-Z]{6}$/;

export function readPlacePart(search: string): PlacePart {
  const parameters = new URLSearchParams(search);
  const problem = parameters.get('report');
  if (problem !== null) return { kind: 'report', problem };
  const written = parameters.get('receipt');
  const number = written !== null && NUMBER.test(written) ? written : null;
  if (parameters.get('part') === 'suggest') {
    return written === null ? { kind: 'suggest' } : { kind: 'suggestion-receipt', number };
  }
  return written === null ? { kind: 'place' } : { kind: 'receipt', number };
}
