import { type CSSProperties, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { usePlan } from '../plan/store'
import type { Answered } from '../plan/useComparison'
import { yuan } from './figures'
import { colour, nameOf } from './schemes'

/** Every household under every scheme: a table, which narrow screens show as cards, floor by floor. */
export function HouseholdTable({ answered }: { answered: Answered }) {
  const { t } = useTranslation()
  const { mine } = usePlan()
  const { schemes } = answered.result
  const { households } = answered.request.building
  const mineFloor = households.find((household) => household.id === mine)?.floor
  // On a narrow screen only the reader's own floor is open at first; a wide one and paper show all.
  const [opened, setOpened] = useState<Record<number, boolean>>({})
  const names = schemes.map((scheme) => nameOf(t, answered.plan, scheme.id))
  const floors = [...new Set(households.map((household) => household.floor))].sort((a, b) => a - b)
  return (
    <section aria-labelledby="all" className="all">
      <h2 id="all">{t('table.title')}</h2>
      <p className="hint">{t('table.caption')}</p>
      <div className="sheet">
        <table aria-labelledby="all" style={{ '--schemes': schemes.length } as CSSProperties}>
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
          {floors.map((floor) => {
            const open = opened[floor] ?? floor === mineFloor
            return (
              <tbody key={floor} className={open ? undefined : 'closed'}>
                <tr className="floorHead">
                  <th colSpan={3 + schemes.length} scope="rowgroup">
                    <button type="button" aria-expanded={open} onClick={() => setOpened((before) => ({ ...before, [floor]: !open }))}>
                      {t('table.onFloor', { floor, count: households.filter((household) => household.floor === floor).length })}
                    </button>
                  </th>
                </tr>
                {households.map(
                  (household, i) =>
                    household.floor === floor && (
                      <tr key={household.id} className={household.id === mine ? 'mine' : undefined}>
                        <th scope="row">
                          <Link href={`/why/${encodeURIComponent(household.id)}`}>{household.id}</Link>
                          {household.id === mine && <span className="tag">{t('mine.tag')}</span>}
                        </th>
                        <td data-label={t('table.floor')}>{t('floor', { floor })}</td>
                        <td data-label={t('table.area')}>{household.areaM2} m²</td>
                        {schemes.map((scheme, k) => (
                          <td key={scheme.id} className="number" data-label={names[k]}>
                            {yuan(scheme.shares[i]!.amountFen)}
                          </td>
                        ))}
                      </tr>
                    ),
                )}
              </tbody>
            )
          })}
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
            {(['compensationFen', 'reliefFen'] as const)
              .filter((member) => schemes.some((scheme) => scheme[member] > 0))
              .map((member) => (
                <tr key={member}>
                  <th scope="row" colSpan={3}>
                    {t(`table.${member}`)}
                  </th>
                  {schemes.map((scheme, k) => (
                    <td key={scheme.id} className="number" data-label={names[k]}>
                      {yuan(-scheme[member])}
                    </td>
                  ))}
                </tr>
              ))}
          </tfoot>
        </table>
      </div>
    </section>
  )
}
