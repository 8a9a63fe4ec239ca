import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import type { Answered } from '../plan/useComparison'
import { colour, nameOf } from './schemes'
import { ofVotes } from './VoteForecast'

/** What can be said about each scheme, in the engine's sentences, each with what it rests on. */
export function Facts({ answered }: { answered: Answered }) {
  const { t, i18n } = useTranslation()
  const say = (words: Schemas['Words']) => (i18n.language === 'en' ? words.en : words.zh)
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    // Paper cannot be opened by a click.
    const open = () => box.current?.querySelectorAll('details').forEach((details) => (details.open = true))
    addEventListener('beforeprint', open)
    return () => removeEventListener('beforeprint', open)
  }, [])
  return (
    <section aria-labelledby="facts" className="facts" ref={box}>
      <h2 id="facts">{t('facts.title')}</h2>
      {answered.result.schemes.map((scheme, k) => (
        <details key={scheme.id} open={k === 0}>
          <summary style={{ borderInlineStartColor: colour(k) }}>{nameOf(t, answered.plan, scheme.id)}</summary>
          <ul>
            {(scheme.facts.statements ?? [])
              .filter((statement) => !answered.plan.vote || !ofVotes.includes(statement.code))
              .map((statement, i) => (
                <li key={i} className={ofVotes.includes(statement.code) ? 'noPrint' : undefined}>
                  {say(statement.sentence)}
                  <small className="hint">{say(statement.assumption)}</small>
                </li>
              ))}
          </ul>
        </details>
      ))}
    </section>
  )
}
