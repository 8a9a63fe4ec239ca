import { NativeSelect, Textarea } from '@mantine/core'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { type Answer, type Household, readSheet, type Schemas } from '../api/client'
import { Refused } from '../parts/Refused'
import { TableVerdict } from '../parts/TableVerdict'
import { usePlan } from '../plan/store'
import { elsewhere } from '../sheet/faults'
import { forgetReading, useKept } from '../sheet/kept'
import { ReadHouseholds } from '../sheet/ReadHouseholds'
import { ReadTable } from '../sheet/ReadTable'

type Purpose = 'households' | 'table'

/** The sheet that people have: pasted or uploaded, read by the engine, shown before it is used. */
export default function Sheet() {
  const { t, i18n } = useTranslation()
  const { change } = usePlan()
  const [, go] = useLocation()
  const [purpose, setPurpose] = useKept<Purpose>('purpose', () => 'households')
  const [text, setText] = useKept('text', () => '')
  const [told, setTold] = useKept<Schemas['SheetReading'] | null>('reading', () => null)
  const [refused, setRefused] = useState<Answer<unknown> | null>(null)
  const [waiting, setWaiting] = useState(false)
  const [table, setTable] = useState<Schemas['TableCheck'] | null>(null)

  // What was read last, while it is at hand: a reload loses a file.
  const [sent, setSent] = useState<string | File | null>(null)
  // How often was asked: an answer to an earlier question comes too late.
  const asked = useRef(0)

  const clear = () => {
    asked.current++
    setSent(null)
    setTold(null)
    setRefused(null)
    setWaiting(false)
    setTable(null)
    forgetReading()
  }
  const ask = async (body: string | File, sheet: number | undefined, again: boolean) => {
    const mine = ++asked.current
    const answer = await readSheet(body, purpose, i18n.language, sheet)
    if (mine !== asked.current) return
    setWaiting(false)
    if (answer.kind === 'answer') setTold(answer.value)
    else if (answer.kind === 'problem' || !again) setRefused(answer)
  }
  const read = (body: string | File, sheet?: number) => {
    clear()
    setSent(body)
    setWaiting(true)
    void ask(body, sheet, false)
  }
  // Remarks and faults come in the other language; the rows are the same, so that what was corrected in them stays.
  const readAgain = useEffectEvent(() => {
    if (sent) void ask(sent, told?.source.sheet ?? undefined, !waiting)
  })
  useEffect(() => {
    const heard = () => readAgain()
    i18n.on('languageChanged', heard)
    return () => i18n.off('languageChanged', heard)
  }, [i18n])
  const use = (households: Household[], storeys: number) => {
    change((before) => ({
      ...before,
      storeys,
      households,
      exempt: [],
      compensation: [],
      // Coefficients of single floors were of another building.
      knobs: { ...before.knobs, ownHundredths: undefined },
    }))
    forgetReading()
    go('/')
  }
  return (
    <>
      <p>
        <Link href="/">{t('back')}</Link>
      </p>
      <h1>{t('sheet.title')}</h1>
      <section aria-labelledby="paste" className="stack">
        <h2 id="paste">{t('sheet.first')}</h2>
        <fieldset className="plainSet">
          <legend>{t('sheet.purpose')}</legend>
          {(['households', 'table'] as const).map((value) => (
            <label className="check" key={value}>
              <input
                type="radio"
                name="purpose"
                checked={purpose === value}
                onChange={() => {
                  setPurpose(value)
                  clear()
                }}
              />
              {t(`sheet.for.${value}`)}
            </label>
          ))}
        </fieldset>
        <Textarea
          label={t('sheet.paste')}
          description={t(`sheet.example.${purpose}`)}
          rows={8}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className="buttons">
          <button type="button" className="plain" disabled={!text.trim()} onClick={() => read(text)}>
            {t('sheet.read')}
          </button>
          <label className="plain file">
            {t('sheet.upload')}
            <input
              type="file"
              accept=".csv,.xlsx,.txt,text/csv,text/plain"
              onChange={(event) => {
                const file = event.currentTarget.files?.[0]
                event.currentTarget.value = ''
                if (file) read(file)
              }}
            />
          </label>
          <a className="plain" href={`/api/v1/sheets/templates/${purpose}?format=xlsx&language=${i18n.language}`} download>
            {t('sheet.template')}
          </a>
        </div>
        <p className="hint">{t('sheet.private')}</p>
      </section>
      {waiting && <p role="status">{t('loading')}</p>}
      <Refused answer={refused} offline={t('sheet.offline')} />
      {told && (
        <section aria-labelledby="reading" className="stack">
          <Found title={t('sheet.second')} reading={told} />
          {sent && told.source.sheets && told.source.sheets.length > 1 && (
            <NativeSelect
              label={t('sheet.which')}
              data={told.source.sheets.map((label, i) => ({ value: String(i + 1), label }))}
              value={String(told.source.sheet)}
              onChange={(event) => read(sent, Number(event.currentTarget.value))}
            />
          )}
          <Understood reading={told} />
          {told.for === 'households' ? (
            <ReadHouseholds key={JSON.stringify(told.rows)} reading={told} onUse={use} />
          ) : (
            <ReadTable key={JSON.stringify(told.rows)} reading={told} onCheck={setTable} onEdit={() => setTable(null)} />
          )}
        </section>
      )}
      {table && <TableVerdict table={table} />}
    </>
  )
}

/** The heading of a reading, to which a keyboard and a screen reader are led when it is there. */
function Found({ title, reading }: { title: string; reading: Schemas['SheetReading'] }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [reading])
  return (
    <h2 id="reading" ref={heading} tabIndex={-1}>
      {title}
    </h2>
  )
}

/** What was understood in another way than word for word, and what was left out. */
function Understood({ reading }: { reading: Schemas['SheetReading'] }) {
  const { t } = useTranslation()
  const others = elsewhere(reading, ['id', 'floor', 'areaM2', 'percent', 'coefficient', 'amountFen'])
  const unread = reading.columns.filter((column) => !column.member && !column.personal && column.heading)
  const remarks = reading.noteCount + reading.skipped.length + unread.length
  return (
    <>
      <p>{t('sheet.rows', { count: reading.rows.length })}</p>
      {others.length > 0 && (
        <div role="alert" className="notice">
          <p>{t('sheet.others')}</p>
          <ul>
            {others.map((detail, i) => (
              <li key={i}>{detail}</li>
            ))}
          </ul>
        </div>
      )}
      {remarks > 0 && (
        <details>
          <summary>{t('sheet.notes', { count: remarks })}</summary>
          <ul>
            {unread.map((column) => (
              <li key={column.column}>{t('sheet.unread', { heading: column.heading })}</li>
            ))}
            {reading.notes.map((note, i) => (
              <li key={i}>{note.sentence}</li>
            ))}
            {reading.skipped.map((skipped, i) => (
              <li key={i}>{skipped.sentence}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
