import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Household, Schemas } from '../api/client'
import { Cell, decimal, whole } from './Cell'
import { letters, wrongAt } from './faults'

interface Row {
  line: number
  id: string
  floor: string
  area: string
  rest: Partial<Household>
}

interface Props {
  reading: Schemas['SheetReading']
  onUse: (households: Household[], storeys: number) => void
}

/** The households as they were read, to be corrected and then used. */
export function ReadHouseholds({ reading, onUse }: Props) {
  const { t } = useTranslation()
  const column = letters(reading)
  const [rows, setRows] = useState<Row[]>(() =>
    reading.rows.map((row) => {
      const { id, floor, areaM2, ...rest } = row.household ?? {}
      return {
        line: row.line,
        id: id ?? '',
        floor: floor === undefined ? '' : String(floor),
        area: areaM2 === undefined ? '' : String(areaM2),
        rest,
      }
    }),
  )
  const set = (position: number, part: Partial<Row>) =>
    setRows((before) => before.map((row, i) => (i === position ? { ...row, ...part } : row)))
  const others = rows.map(({ rest: { joins, use, entry, flatType } }) =>
    [
      joins === false && t('households.out'),
      use && use !== 'dwelling' && t(`use.${use}`),
      entry === 'halfLanding' && t('sheet.halfLanding'),
      flatType,
    ]
      .filter(Boolean)
      .join('，'),
  )
  const hasOthers = others.some(Boolean)
  const ids = new Map<string, number>()
  for (const row of rows) ids.set(row.id.trim(), (ids.get(row.id.trim()) ?? 0) + 1)
  const faults = rows.map((row) => ({
    id: row.id.trim() === '' ? t('sheet.needId') : ids.get(row.id.trim())! > 1 ? t('sheet.twice', { id: row.id.trim() }) : undefined,
    floor: whole(row.floor) === null ? t('sheet.needFloor') : undefined,
    area: decimal(row.area, 2) ? undefined : t('sheet.needArea'),
  }))
  const open = faults.reduce((sum, fault) => sum + [fault.id, fault.floor, fault.area].filter(Boolean).length, 0)
  const use = () => {
    const households = rows.map((row) => ({ ...row.rest, id: row.id.trim(), floor: whole(row.floor)!, areaM2: decimal(row.area, 2)! }))
    onUse(households, Math.max(...households.map((household) => household.floor)))
  }
  const stood = (row: Row, member: string) => {
    const at = column.get(member)
    return at ? reading.rows.find((read) => read.line === row.line)?.cells[at] : undefined
  }
  return (
    <>
      {open > 0 && (
        <p role="alert" className="notice">
          {t('sheet.open', { count: open })}
        </p>
      )}
      <div className="readingTable">
        <table aria-label={t('sheet.for.households')}>
          <thead>
            <tr>
              <th scope="col">{t('sheet.line')}</th>
              <th scope="col">{t('households.id')}</th>
              <th scope="col">{t('households.floor')}</th>
              <th scope="col">{t('households.area')}</th>
              {hasOthers && <th scope="col">{t('sheet.alsoRead')}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={row.line}>
                <td>{row.line}</td>
                <td>
                  <Cell
                    label={t('sheet.cell', { line: row.line, name: t('households.id') })}
                    value={row.id}
                    stood={stood(row, 'id')}
                    wrong={faults[i]!.id && (wrongAt(reading, column.get('id'), row.line) ?? faults[i]!.id)}
                    onChange={(id) => set(i, { id })}
                  />
                </td>
                <td>
                  <Cell
                    numeric
                    label={t('sheet.cell', { line: row.line, name: t('households.floor') })}
                    value={row.floor}
                    stood={stood(row, 'floor')}
                    wrong={faults[i]!.floor && (wrongAt(reading, column.get('floor'), row.line) ?? faults[i]!.floor)}
                    onChange={(floor) => set(i, { floor })}
                  />
                </td>
                <td>
                  <Cell
                    numeric
                    label={t('sheet.cell', { line: row.line, name: t('households.area') })}
                    value={row.area}
                    stood={stood(row, 'areaM2')}
                    wrong={faults[i]!.area && (wrongAt(reading, column.get('areaM2'), row.line) ?? faults[i]!.area)}
                    onChange={(area) => set(i, { area })}
                  />
                </td>
                {hasOthers && <td className="others">{others[i]}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <button type="button" className="plain strong" disabled={open > 0 || rows.length === 0} onClick={use}>
        {t('sheet.use', { count: rows.length })}
      </button>
    </>
  )
}
