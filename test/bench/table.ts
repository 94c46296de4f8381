// What a bench says: a bar beside each figure, in one table.

export interface Row {
  what: string;
  figure: string;
  /** What is asked of it, for example `≥ 0.4`; a row without one only informs. */
  bar?: string;
  aim?: string;
  holds?: boolean;
}

/** A row whose figure must not be above the bar. */
export function atMost(what: string, figure: number, bar: number, aim: number, unit = ''): Row {
  return {
    what,
    figure: shown(figure, unit),
    bar: `≤ ${bar}${unit}`,
    aim: `≤ ${aim}${unit}`,
    holds: figure <= bar,
  };
}

/** A row whose figure must not be below the bar. */
export function atLeast(what: string, figure: number, bar: number, aim: number, unit = ''): Row {
  return {
    what,
    figure: shown(figure, unit),
    bar: `≥ ${bar}${unit}`,
    aim: `≥ ${aim}${unit}`,
    holds: figure >= bar,
  };
}

/** Enough digits to compare by: three, or all before the point. */
export function shown(figure: number, unit = ''): string {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(figure) || 1)));
  return `${figure.toFixed(Math.min(digits, 3))}${unit}`;
}

export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(({ what, figure, bar = '', aim = '', holds }) => [
    what,
    figure,
    bar,
    aim,
    holds === undefined ? '' : holds ? 'holds' : 'FAILS',
  ]);
  const all = [['', 'figure', 'bar', 'aim', ''], ...lines];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  return all
    .map((line) =>
      line
        .map((cell, i) => cell[i === 0 ? 'padEnd' : 'padStart'](widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** @throws Error for no values */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('no values to take the median of');
  return middle;
}
