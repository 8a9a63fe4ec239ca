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
  const { mine, setMine } = usePlan()
  const { plan } = answered
  const ids = answered.request.building.households.map((household) => household.id)
  const position = ids.indexOf(mine)
  return (
    <section aria-labelledby="mine" className="noPrint">
      <h2 id="mine">{t('mine.title')}</h2>
      <NativeSelect
        label={t('mine.which')}
        // Somebody else's flat must not stand there for the own one.
        data={position < 0 ? [{ value: '', label: t('choose') }, ...ids] : ids}
        value={position < 0 ? '' : mine}
        onChange={(event) => setMine(event.currentTarget.value)}
      />
      {position >= 0 && (
        <ul className="bills">
          {answered.result.schemes.map((scheme, k) => {
            const choice = plan.schemes.find((entry) => entry.id === scheme.id)
            return (
              <li key={scheme.id} style={{ borderInlineStartColor: colour(k) }}>
                <span className="schemeName">{nameOf(t, plan, scheme.id)}</span>
                <small className="hint">{hintOf(t, choice, plan.knobs)}</small>
                <strong className="amount">
                  {yuan(scheme.shares[position]!.amountFen)} <small>{t('yuan')}</small>
                </strong>
                <Link href={`/why/${encodeURIComponent(mine)}?scheme=${encodeURIComponent(scheme.id)}`}>{t('mine.why')}</Link>
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}
