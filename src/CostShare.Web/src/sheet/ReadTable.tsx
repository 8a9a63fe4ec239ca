import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import { YuanInput } from '../inputs/YuanInput'
import { fen, yuan } from '../parts/figures'
import { Cell, decimal, ReadingTable, RowTold, whole } from './Cell'
import { letters, wrongAt } from './faults'
import { useKept } from './kept'

type TableRow = Schemas['TableRow']

interface Row {
  line: number
  floor: string
  percent: string
  coefficient: string
  amount: string
  rest: Partial<TableRow>
}

interface Props {
  reading: Schemas['SheetReading']
  onCheck: (table: Schemas['TableCheck']) => void
  /** Something was corrected, so that what was found before is of another table. */
  onEdit: () => void
}

/** A finished table as it was read, to be corrected and then checked. */
export function ReadTable({ reading, onCheck, onEdit }: Props) {
  const { t } = useTranslation()
  const column = letters(reading)
  const values = (['percent', 'coefficient', 'amountFen'] as const).filter((member) => column.has(member))
  const [total, setTotal] = useKept<number | null>('total', () => reading.totals?.totalFen ?? null)
  const [wrongTotal, setWrongTotal] = useState(false)
  const [rows, setRows] = useKept<Row[]>('rows', () =>
    reading.rows.map((row) => {
      const { floor, percent, coefficient, amountFen, ...rest } = row.tableRow ?? {}
      const text = (value: number | undefined) => (value === undefined ? '' : String(value))
      return {
        line: row.line,
        floor: text(floor),
        percent: text(percent),
        coefficient: text(coefficient),
        amount: amountFen === undefined ? '' : yuan(amountFen),
        rest,
      }
    }),
  )
  // What the row of totals says; empty where it says nothing.
  const said = { percent: reading.totals?.percentTotal, coefficient: reading.totals?.parts }
  const [sums, setSums] = useKept('sums', () => ({ percent: String(said.percent ?? ''), coefficient: String(said.coefficient ?? '') }))
  const summed = (['percent', 'coefficient'] as const).filter((member) => column.has(member) && said[member] !== undefined)
  const wrongSum = (member: 'percent' | 'coefficient') =>
    sums[member].trim() !== '' && decimal(sums[member], 6) === null ? t('sheet.needNumber') : undefined
  const stated = (member: 'percent' | 'coefficient') =>
    summed.includes(member) && sums[member].trim() !== '' ? decimal(sums[member], 6) : null
  const set = (position: number, part: Partial<Row>) => {
    onEdit()
    setRows((before) => before.map((row, i) => (i === position ? { ...row, ...part } : row)))
  }
  const wrong = (row: Row) => ({
    floor: whole(row.floor) === null ? t('sheet.needFloor') : undefined,
    percent: column.has('percent') && decimal(row.percent, 6) === null ? t('sheet.needNumber') : undefined,
    coefficient: column.has('coefficient') && decimal(row.coefficient, 6) === null ? t('sheet.needNumber') : undefined,
    amountFen: column.has('amountFen') && fen(row.amount) === null ? t('noAmount') : undefined,
  })
  const open = rows.reduce((sum, row) => sum + Object.values(wrong(row)).filter(Boolean).length, summed.filter(wrongSum).length)
  const check = () =>
    onCheck({
      rows: rows.map((row) => ({
        ...row.rest,
        floor: whole(row.floor)!,
        ...(column.has('percent') ? { percent: decimal(row.percent, 6)! } : {}),
        ...(column.has('coefficient') ? { coefficient: decimal(row.coefficient, 6)! } : {}),
        ...(column.has('amountFen') ? { amountFen: fen(row.amount)! } : {}),
      })),
      ...(reading.valuesFor ? { valuesFor: reading.valuesFor } : {}),
      ...(total ? { totalFen: total } : {}),
      ...(stated('coefficient') ? { parts: stated('coefficient')! } : {}),
      ...(stated('percent') ? { percentTotal: stated('percent')! } : {}),
    })
  const others = rows.map(({ rest: { household, households, areaM2 } }) =>
    [household, households !== undefined && t('sheet.households', { count: households }), areaM2 !== undefined && `${areaM2} m²`]
      .filter(Boolean)
      .join(' · '),
  )
  const of = { percent: 'percent', coefficient: 'coefficient', amountFen: 'amount' } as const
  return (
    <>
      <ReadingTable
        label={t('sheet.for.table')}
        headings={[t('households.floor'), ...values.map((member) => t(`sheet.column.${member}`))]}
        open={open}
      >
        <tbody>
          {rows.map((row, i) => {
            const bad = wrong(row)
            const told = (['floor', ...values] as const).map((member) => ({
              told: `wrong-${member}-${row.line}`,
              wrong: bad[member] && (wrongAt(reading, column.get(member), row.line) ?? bad[member]),
            }))
            return (
              <Fragment key={row.line}>
                <tr>
                  <td>{row.line}</td>
                  <td>
                    <Cell
                      numeric
                      label={t('sheet.cell', { line: row.line, name: t('households.floor') })}
                      value={row.floor}
                      stood={reading.rows[i]?.cells[column.get('floor') ?? '']}
                      {...told[0]!}
                      onChange={(floor) => set(i, { floor })}
                    />
                  </td>
                  {values.map((member, k) => (
                    <td key={member}>
                      <Cell
                        numeric
                        label={t('sheet.cell', { line: row.line, name: t(`sheet.column.${member}`) })}
                        value={row[of[member]]}
                        stood={reading.rows[i]?.cells[column.get(member)!]}
                        {...told[k + 1]!}
                        onChange={(text) => set(i, { [of[member]]: text })}
                      />
                    </td>
                  ))}
                </tr>
                <RowTold faults={told} besides={others[i]} columns={2 + values.length} />
              </Fragment>
            )
          })}
        </tbody>
        {reading.totals && summed.length > 0 && (
          <tfoot>
            <tr>
              <td>{reading.totals.line}</td>
              <th scope="row">{t('table.billed')}</th>
              {values.map((member) => (
                <td key={member}>
                  {member !== 'amountFen' && summed.includes(member) && (
                    <Cell
                      numeric
                      label={t('sheet.cell', { line: reading.totals!.line, name: t(`sheet.column.${member}`) })}
                      value={sums[member]}
                      told={`wrong-${member}-${reading.totals!.line}`}
                      wrong={wrongSum(member)}
                      onChange={(text) => {
                        onEdit()
                        setSums((before) => ({ ...before, [member]: text }))
                      }}
                    />
                  )}
                </td>
              ))}
            </tr>
            <RowTold
              faults={summed.map((member) => ({ told: `wrong-${member}-${reading.totals!.line}`, wrong: wrongSum(member) }))}
              columns={2 + values.length}
            />
          </tfoot>
        )}
      </ReadingTable>
      <YuanInput
        label={t('sheet.total')}
        value={total}
        optional
        onChange={(fen) => {
          onEdit()
          setTotal(fen)
        }}
        onFault={setWrongTotal}
      />
      <button
        type="button"
        className="plain strong"
        disabled={open > 0 || wrongTotal || rows.length === 0 || values.length === 0}
        onClick={check}
      >
        {t('sheet.check')}
      </button>
    </>
  )
}
