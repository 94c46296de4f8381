// Tables as CSV that opens in a spreadsheet as it was, and in which no text is run as a formula. Pure.

/** What begins a formula in one spreadsheet or another, in half and full width. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** A true number stays one; a text that would be run gets an apostrophe, which spreadsheets do not show. */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** Without it, a spreadsheet reads UTF-8 as something else. */
export const CSV_BYTE_ORDER_MARK = '\ufeff';
