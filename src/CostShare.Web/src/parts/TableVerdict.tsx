import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, checkTable, type Schemas } from '../api/client'
import { decimal, yuan } from './figures'
import { Refused } from './Refused'

/** Whether a table adds up, by how much it does not, and for whom. */
export function TableVerdict({ table }: { table: Schemas['TableCheck'] }) {
  const { t, i18n } = useTranslation()
  const [answer, setAnswer] = useState<Answer<Schemas['TableCheckResult']> | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const say = (words: Schemas['Words']) => (i18n.language === 'en' ? words.en : words.zh)
  useEffect(() => {
    let here = true
    void checkTable(table, i18n.language).then((told) => {
      if (!here) return
      setAnswer(told)
      heading.current?.focus()
    })
    return () => {
      here = false
    }
  }, [table, i18n.language])
  const result = answer?.kind === 'answer' ? answer.value : null
  return (
    <section aria-labelledby="verdict" className="stack">
      <h2 id="verdict" ref={heading} tabIndex={-1}>
        {t('verdict.title')}
      </h2>
      {!answer && <p role="status">{t('loading')}</p>}
      <Refused answer={answer} offline={t('sheet.offline')} />
      {result && (
        <>
          <p role="status" className={result.closes ? 'verdict' : 'notice'}>
            <strong>{t(result.checks.length === 0 ? 'verdict.nothing' : result.closes ? 'verdict.closes' : 'verdict.open')}</strong>
          </p>
          <ul>
            {result.checks.map((check) => (
              <li key={check.code} className={check.holds ? undefined : 'wrong'}>
                {say(check.sentence)}
              </li>
            ))}
          </ul>
          <p>
            {result.matches.length > 0
              ? t('verdict.matches', { name: result.matches[0]!.scheme.name })
              : t('verdict.nearest', { name: result.nearest.scheme.name })}
          </p>
          {result.matches.length === 0 && (
            <div className="readingTable">
              <table aria-label={t('verdict.rows')}>
                <thead>
                  <tr>
                    <th scope="col">{t('households.floor')}</th>
                    <th scope="col" className="number">
                      {t('verdict.table')}
                    </th>
                    <th scope="col" className="number">
                      {result.nearest.scheme.name}
                    </th>
                    <th scope="col" className="number">
                      {t('verdict.difference')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {result.nearest.rows.map((row, i) => (
                    <tr key={i}>
                      <th scope="row">{row.household ?? t('floor', { floor: row.floor })}</th>
                      <td className="number">{row.tableFen === undefined ? `${decimal(row.tablePercent)}%` : yuan(row.tableFen)}</td>
                      <td className="number">{row.schemeFen === undefined ? `${decimal(row.schemePercent)}%` : yuan(row.schemeFen)}</td>
                      <td className="number">
                        {row.differenceFen === undefined ? `${decimal(row.differencePercent)}%` : yuan(row.differenceFen)}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
          <p className="hint">{t('verdict.hint')}</p>
        </>
      )}
    </section>
  )
}
