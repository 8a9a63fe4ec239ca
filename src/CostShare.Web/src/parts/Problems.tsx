import { useTranslation } from 'react-i18next'
import { placeOf } from '../inputs/faults'
import { usePlan } from '../plan/store'
import type { Comparison } from '../plan/useComparison'

/** What is wrong with what was entered, in the words of the engine; or that it cannot be reached. */
export function Problems({ comparison }: { comparison: Comparison }) {
  const { t } = useTranslation()
  const { plan } = usePlan()
  if (comparison.offline) {
    return (
      <p role="alert" className="notice">
        {t(comparison.answered ? 'offline' : 'offlineEmpty')}
      </p>
    )
  }
  if (!comparison.problem) return null
  // What is adjusted is adjusted in every scheme, and wrong in each in the same way.
  const told = new Map(
    comparison.problem.faults.map(({ pointer, detail }) => {
      const place = placeOf(pointer, plan, t)
      return [`${place}${detail}`, { place, detail }]
    }),
  )
  return (
    <div role="alert" className="notice">
      <p>
        <strong>{t('problem')}</strong> {comparison.answered ? t('problemStale') : ''}
      </p>
      <ul>
        {[...told].slice(0, 5).map(([key, { place, detail }]) => (
          <li key={key}>
            <strong>{place}</strong> {detail}
          </li>
        ))}
      </ul>
    </div>
  )
}
