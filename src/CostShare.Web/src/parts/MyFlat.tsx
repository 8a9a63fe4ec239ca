import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Answered } from '../plan/useComparison'
import { usePlan } from '../plan/store'
import { yuan } from './figures'
import { colour, hintOf, nameOf } from './schemes'

/** What the reader's own flat pays under each scheme, and the way to why. */
export function MyFlat({ answered }: { answered: Answered }) {
  const { t } = useTranslation()
  const { plan, mine, setMine } = usePlan()
  const ids = answered.request.building.households.map((household) => household.id)
  const position = Math.max(0, ids.indexOf(mine))
  const household = ids[position]!
  return (
    <section aria-labelledby="mine" className="noPrint">
      <h2 id="mine">{t('mine.title')}</h2>
      <NativeSelect label={t('mine.which')} data={ids} value={household} onChange={(event) => setMine(event.currentTarget.value)} />
      <ul className="bills">
        {answered.result.schemes.map((scheme, k) => {
          const choice = plan.schemes.find((entry) => entry.id === scheme.id)
          return (
            <li key={scheme.id} style={{ borderInlineStartColor: colour(k) }}>
              <span className="schemeName">{nameOf(t, choice, scheme.id)}</span>
              <small className="hint">{hintOf(t, choice, plan.knobs)}</small>
              <strong className="amount">
                {yuan(scheme.shares[position]!.amountFen)} <small>{t('yuan')}</small>
              </strong>
              <Link href={`/why/${encodeURIComponent(household)}?scheme=${encodeURIComponent(scheme.id)}`}>{t('mine.why')}</Link>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
