import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { usePlan } from '../plan/store'
import type { Answered } from '../plan/useComparison'
import { yuan } from './figures'
import { colour, nameOf } from './schemes'

/** Every household under every scheme: a table, which narrow screens show as cards. */
export function HouseholdTable({ answered }: { answered: Answered }) {
  const { t } = useTranslation()
  const { plan, mine } = usePlan()
  const { schemes } = answered.result
  const { households } = answered.request.building
  const names = schemes.map((scheme) =>
    nameOf(
      t,
      plan.schemes.find((choice) => choice.id === scheme.id),
      scheme.id,
    ),
  )
  return (
    <section aria-labelledby="all">
      <h2 id="all">{t('table.title')}</h2>
      <div className="sheet">
        <table>
          <caption className="hint">{t('table.caption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('table.household')}</th>
              <th scope="col">{t('table.floor')}</th>
              <th scope="col">{t('table.area')}</th>
              {names.map((name, k) => (
                <th scope="col" key={k} className="number" style={{ color: colour(k) }}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {households.map((household, i) => (
              <tr key={household.id} className={household.id === mine ? 'mine' : undefined}>
                <th scope="row">
                  <Link href={`/why/${encodeURIComponent(household.id)}`}>{household.id}</Link>
                  {household.id === mine && <span className="tag">{t('mine.tag')}</span>}
                </th>
                <td data-label={t('table.floor')}>{t('floor', { floor: household.floor })}</td>
                <td data-label={t('table.area')}>{household.areaM2} m²</td>
                {schemes.map((scheme, k) => (
                  <td key={scheme.id} className="number" data-label={names[k]}>
                    {yuan(scheme.shares[i]!.amountFen)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={3}>
                {t('table.billed')}
              </th>
              {schemes.map((scheme, k) => (
                <td key={scheme.id} className="number" data-label={names[k]}>
                  {yuan(scheme.billedFen)}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  )
}
