/**
 * A table as CSV (RFC 4180). A text that a spreadsheet would compute, such as a file called `=1+1.jpg`, gets an apostrophe before it.
 *
 * @param columns where there are no rows
 */
export function csvTable(
  rows: readonly Readonly<Record<string, unknown>>[],
  columns: readonly string[],
): string {
  const names = rows.length === 0 ? columns : Object.keys(rows[0]);
  const lines = rows.map((row) => names.map((name) => cell(row[name])).join(','));
  return [names.join(','), ...lines, ''].join('\r\n');
}

function cell(value: unknown): string {
  const text = typeof value === 'string' ? value.replace(/^[=+\-@\t\r]/, "'$&") : `${value ?? ''}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
