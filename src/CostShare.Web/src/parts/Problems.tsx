import { useTranslation } from 'react-i18next'
import type { Comparison } from '../plan/useComparison'

/** What is wrong with what was entered, in the words of the engine; or that it cannot be reached. */
export function Problems({ comparison }: { comparison: Comparison }) {
  const { t } = useTranslation()
  if (comparison.offline) {
    return (
      <p role="alert" className="notice">
        {t('offline')}
      </p>
    )
  }
  if (!comparison.problem) return null
  return (
    <div role="alert" className="notice">
      <p>
        <strong>{t('problem')}</strong> {comparison.answered ? t('problemStale') : ''}
      </p>
      <ul>
        {comparison.problem.faults.slice(0, 5).map((fault, i) => (
          <li key={i}>{fault.detail}</li>
        ))}
      </ul>
    </div>
  )
}
