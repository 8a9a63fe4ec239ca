import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { Household, Schemas } from '../api/client'
import { Cell, decimal, ReadingTable, RowTold, whole } from './Cell'
import { letters, wrongAt } from './faults'
import { useKept } from './kept'

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
  const [rows, setRows] = useKept<Row[]>('rows', () =>
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
      .join(' · '),
  )
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
      <ReadingTable
        label={t('sheet.for.households')}
        headings={[t('households.id'), t('households.floor'), t('households.area')]}
        open={open}
      >
        <tbody>
          {rows.map((row, i) => {
            const cells = [
              { member: 'id', field: 'id', name: t('households.id') },
              { member: 'floor', field: 'floor', name: t('households.floor') },
              { member: 'areaM2', field: 'area', name: t('households.area') },
            ] as const
            const told = cells.map(({ member, field }) => ({
              told: `wrong-${field}-${row.line}`,
              wrong: faults[i]![field] && (wrongAt(reading, column.get(member), row.line) ?? faults[i]![field]),
            }))
            return (
              <Fragment key={row.line}>
                <tr>
                  <td>{row.line}</td>
                  {cells.map(({ member, field, name }, k) => (
                    <td key={field}>
                      <Cell
                        numeric={field !== 'id'}
                        label={t('sheet.cell', { line: row.line, name })}
                        value={row[field]}
                        stood={stood(row, member)}
                        {...told[k]!}
                        onChange={(text) => set(i, { [field]: text })}
                      />
                    </td>
                  ))}
                </tr>
                <RowTold faults={told} besides={others[i]} columns={4} />
              </Fragment>
            )
          })}
        </tbody>
      </ReadingTable>
      <button type="button" className="plain strong" disabled={open > 0 || rows.length === 0} onClick={use}>
        {t('sheet.use', { count: rows.length })}
      </button>
    </>
  )
}
