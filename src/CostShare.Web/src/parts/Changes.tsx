import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import { costName, type Plan } from '../plan/plan'
import { usePlan } from '../plan/store'
import { useSensitivity } from '../plan/useSensitivity'
import { yuan } from './figures'
import { Refused } from './Refused'

interface Props {
  scheme: string
  household: string
  /** Whether what is true of all households is told too. */
  sentences?: boolean
}

/** What would change what a household pays: one thing at a time, each carried out again by the engine. */
export default function Changes({ scheme, household, sentences = false }: Props) {
  const { t, i18n } = useTranslation()
  const { plan } = usePlan()
  const answer = useSensitivity(plan, scheme)
  const say = (words: Schemas['Words']) => (i18n.language === 'en' ? words.en : words.zh)
  if (answer === null) return <p role="status">{t('loading')}</p>
  if (answer.kind !== 'answer') return <Refused answer={answer} offline={t('changes.offline')} />
  const position = plan.households.findIndex((entry) => entry.id === household)
  const moves = movesOf(answer.value.variations, position, household)
  const largest = Math.max(1, ...moves.map((move) => Math.abs(move.differenceFen)))
  return (
    <>
      <p className="hint">{t('changes.lead')}</p>
      {moves.length === 0 && <p>{t('changes.none', { household })}</p>}
      <ul className="changes">
        {moves.map(({ variation, differenceFen }, i) => (
          <li key={i}>
            <span>{nameOfVariation(t, plan, variation)}</span>
            <strong>{t(differenceFen > 0 ? 'changes.more' : 'changes.less', { amount: yuan(Math.abs(differenceFen), true) })}</strong>
            <svg viewBox="0 0 200 8" preserveAspectRatio="none" aria-hidden="true">
              <rect
                className={differenceFen > 0 ? 'rise' : 'fall'}
                x={differenceFen > 0 ? 100 : 100 - (100 * -differenceFen) / largest}
                width={(100 * Math.abs(differenceFen)) / largest}
                height={8}
              />
              <line x1={100} x2={100} y1={0} y2={8} />
            </svg>
          </li>
        ))}
      </ul>
      {sentences && (
        <ul className="told">
          {answer.value.statements.map((statement, i) => (
            <li key={i}>
              {say(statement.sentence)}
              <small className="hint">{say(statement.assumption)}</small>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

type Variation = Schemas['Variation']

/** The most of each kind that are shown: those that move the household's amount most. */
const most: Record<Variation['kind'], number> = { overrun: 3, refused: 3, dropsOut: 2, joinsLate: 2, coefficient: 4, price: 4 }

function movesOf(variations: Variation[], position: number, household: string): { variation: Variation; differenceFen: number }[] {
  const bySize = variations
    // A household that drops out pays nothing more, which nobody needs to be told.
    .filter((variation) => !('household' in variation && variation.kind !== 'coefficient' && variation.household === household))
    .map((variation) => ({ variation, differenceFen: variation.differencesFen?.[position] ?? 0 }))
    .filter((move) => move.differenceFen !== 0)
    .sort((a, b) => Math.abs(b.differenceFen) - Math.abs(a.differenceFen))
  const shown: Partial<Record<Variation['kind'], number>> = {}
  return bySize.filter(({ variation: { kind } }) => (shown[kind] = (shown[kind] ?? 0) + 1) <= most[kind])
}

function nameOfVariation(t: TFunction, plan: Plan, variation: Variation): string {
  switch (variation.kind) {
    case 'overrun':
      return t('changes.overrun', {
        name: plan.costs.flatMap((line) => (line.id === variation.cost ? [costName(t, line)] : []))[0],
        amount: yuan(variation.byFen),
      })
    case 'refused':
      return t('changes.refused', { name: variation.source })
    case 'dropsOut':
      return t('changes.dropsOut', { household: variation.household })
    case 'joinsLate':
      return t('changes.joinsLate', { household: variation.household })
    case 'coefficient':
      return t(`changes.of.${variation.of}`, {
        floor: variation.floor,
        household: variation.household,
        flatType: variation.flatType,
        to: variation.to,
      })
    case 'price':
      return t(`changes.of.${variation.of}`, { amount: yuan(variation.toFen) })
  }
}
