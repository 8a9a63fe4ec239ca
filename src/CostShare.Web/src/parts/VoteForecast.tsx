import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import type { Answered } from '../plan/useComparison'
import { colour, nameOf } from './schemes'

const stances = ['yes', 'no', 'undecided'] as const

/** What the statements of a vote are called; where a vote is shown, they stand there. */
export const ofVotes: Schemas['StatementCode'][] = ['support', 'aboveLimit', 'forecast', 'totals', 'swing']

/** How the vote on each scheme would go, as far as the households have said. */
export function VoteForecast({ answered }: { answered: Answered }) {
  const { t, i18n } = useTranslation()
  const say = (words: Schemas['Words']) => (i18n.language === 'en' ? words.en : words.zh)
  return (
    // What few have said is not for the stairwell.
    <section aria-labelledby="vote" className="vote noPrint">
      <h2 id="vote">{t('vote.title')}</h2>
      <p className="hint">{t('vote.hint')}</p>
      <ul className="bars legend" aria-hidden="true">
        {stances.map((stance) => (
          <li key={stance}>
            <i className={stance} />
            {t(`stance.${stance}`)}
          </li>
        ))}
      </ul>
      <ul className="votes">
        {answered.result.schemes.map((scheme, k) => {
          const { support, forecast, statements } = scheme.facts
          if (!support || !forecast) return null
          const { persons } = support
          const all = Math.max(1, persons.yes + persons.no + persons.undecided)
          const told = (statements ?? []).filter((statement) => ofVotes.includes(statement.code))
          return (
            <li key={scheme.id} style={{ borderInlineStartColor: colour(k) }}>
              <p className="voteHead">
                <span>{nameOf(t, answered.plan, scheme.id)}</span>
                <strong>{t(`vote.${forecast.registered.state}`)}</strong>
              </p>
              <svg viewBox={`0 0 ${all} 10`} preserveAspectRatio="none" aria-hidden="true">
                <rect className="yes" x={0} width={persons.yes} height={10} />
                <rect className="no" x={persons.yes} width={persons.no} height={10} />
                <rect className="undecided" x={persons.yes + persons.no} width={persons.undecided} height={10} />
              </svg>
              <details>
                <summary>{stances.map((stance) => `${t(`stance.${stance}`)} ${persons[stance]}`).join(' · ')}</summary>
                <ul>
                  {told.map((statement, i) => (
                    <li key={i}>
                      {say(statement.sentence)}
                      <small className="hint">{say(statement.assumption)}</small>
                    </li>
                  ))}
                </ul>
              </details>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
