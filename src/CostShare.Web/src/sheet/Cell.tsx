import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  label: string
  /** What stands there; empty where it could not be read. */
  value: string
  /** What stood in the sheet and could not be read. */
  stood?: string
  wrong?: string
  /** Where it is told what is wrong. */
  told: string
  numeric?: boolean
  onChange: (text: string) => void
}

/** A cell of a reading, to be corrected where it stands. */
export function Cell({ label, value, stood, wrong, told, numeric = false, onChange }: Props) {
  const [text, setText] = useState(value || (stood ?? ''))
  return (
    <input
      className={wrong ? 'cell bad' : 'cell'}
      aria-label={label}
      aria-invalid={wrong ? true : undefined}
      aria-describedby={wrong ? told : undefined}
      inputMode={numeric ? 'decimal' : undefined}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        onChange(event.currentTarget.value)
      }}
    />
  )
}

interface ReadingTableProps {
  label: string
  headings: string[]
  /** How many cells must be corrected. */
  open: number
  children: ReactNode
}

/** A reading as a table, and how much of it must be corrected. */
export function ReadingTable({ label, headings, open, children }: ReadingTableProps) {
  const { t } = useTranslation()
  return (
    <>
      {open > 0 && (
        <p role="alert" className="notice">
          {t('sheet.open', { count: open })}
        </p>
      )}
      <div className="readingTable">
        <table aria-label={label}>
          <thead>
            <tr>
              {[t('sheet.line'), ...headings].map((heading) => (
                <th scope="col" key={heading}>
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          {children}
        </table>
      </div>
    </>
  )
}

interface RowToldProps {
  faults: { told: string; wrong: string | undefined }[]
  /** What the row says besides. */
  besides?: string
  columns: number
}

/** What a row says besides and what is wrong in it, below it and as wide as the table, since a cell is narrow. */
export function RowTold({ faults, besides, columns }: RowToldProps) {
  const { t } = useTranslation()
  const open = faults.filter((fault) => fault.wrong)
  return (
    (open.length > 0 || besides) && (
      <tr className="told">
        <td colSpan={columns}>
          {besides && <p className="hint">{t('sheet.besides', { what: besides })}</p>}
          {open.map(({ told, wrong }) => (
            <p className="wrong cellWrong" id={told} key={told}>
              {wrong}
            </p>
          ))}
        </td>
      </tr>
    )
  )
}

/** A whole number from 1 on, as written; null where it is none. */
export function whole(text: string): number | null {
  const plain = text.normalize('NFKC').trim()
  return /^[1-9]\d{0,3}$/.test(plain) ? Number(plain) : null
}

/** A number with at most so many decimals, as written; null where it is none. */
export function decimal(text: string, places: number): number | null {
  const plain = text.normalize('NFKC').replace(/[,\s]/g, '')
  return new RegExp(`^\\d{1,9}(\\.\\d{1,${places}})?$`).test(plain) ? Number(plain) : null
}
