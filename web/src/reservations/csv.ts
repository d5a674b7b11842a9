/** A cell of a list. A number stays one; a text that a spreadsheet would read as a formula is marked as text. */
export type CsvCell = string | number | null | undefined

/** What begins a formula in one of the spreadsheets, also behind blanks that they take away. */
const formula = /^\s*[=+\-@\t\r]/

function cellText(cell: CsvCell): string {
  if (cell === null || cell === undefined) return ''
  const text = typeof cell === 'number' ? String(cell) : formula.test(cell) ? `'${cell}` : cell
  return /[",\r\n;']/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
}

/** RFC 4180, with the mark by which spreadsheets know UTF-8. */
export const csvOf = (rows: readonly (readonly CsvCell[])[]): string =>
  `\ufeff${rows.map((row) => row.map(cellText).join(',')).join('\r\n')}\r\n`

/** `reservations-hotel-aurora-2026-02-12.csv`: letters of any script, and nothing that a file system minds. */
export function csvName(list: string, property: string, date: string): string {
  const words = `${list} ${property}`.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? ['list']
  return `${words.join('-').slice(0, 80)}-${date}.csv`
}
