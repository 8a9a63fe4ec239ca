import type { Schemas } from '../api/client'

type Reading = Schemas['SheetReading']

/** The columns of a reading by the member as which they were read. */
export function letters(reading: Reading): Map<string, string> {
  return new Map(reading.columns.flatMap((column) => (column.member ? [[column.member, column.column] as const] : [])))
}

/** What is wrong with a cell, by its address. */
export function wrongAt(reading: Reading, column: string | undefined, line: number): string | undefined {
  if (!column) return undefined
  return reading.faults.find((fault) => fault.values['cell'] === `${column}${line}`)?.detail
}
