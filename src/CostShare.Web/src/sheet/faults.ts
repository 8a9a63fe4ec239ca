import type { Schemas } from '../api/client'

type Reading = Schemas['SheetReading']

/** The columns of a reading by the member as which they were read. */
export function letters(reading: Reading): Map<string, string> {
  return new Map(reading.columns.flatMap((column) => (column.member ? [[column.member, column.column] as const] : [])))
}

/** What could not be read and stands in no column that can be corrected here. */
export function elsewhere(reading: Reading, corrected: string[]): string[] {
  const column = letters(reading)
  const shown = new Set(corrected.flatMap((member) => column.get(member) ?? []))
  return reading.faults
    .filter((fault) => !shown.has(/^[A-Z]+/.exec(String(fault.values['cell'] ?? ''))?.[0] ?? ''))
    .map((fault) => fault.detail)
}

/** What is wrong with a cell, by its address. */
export function wrongAt(reading: Reading, column: string | undefined, line: number): string | undefined {
  if (!column) return undefined
  return reading.faults.find((fault) => fault.values['cell'] === `${column}${line}`)?.detail
}
