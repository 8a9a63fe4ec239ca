import { useTranslation } from 'react-i18next'
import { FloorChart } from '../parts/FloorChart'
import { HouseholdTable } from '../parts/HouseholdTable'
import { Inputs } from '../parts/Inputs'
import { MyFlat } from '../parts/MyFlat'
import { Problems } from '../parts/Problems'
import { usePlan } from '../plan/store'
import { useComparison } from '../plan/useComparison'

/** The start page: a result, and everything that changes it. */
export function Calculator() {
  const { t } = useTranslation()
  const { plan } = usePlan()
  const comparison = useComparison(plan)
  const { answered } = comparison
  return (
    <>
      <h1>{t('start.question')}</h1>
      <p className="lead">{t('start.lead')}</p>
      <div className="columns">
        <div className="results" aria-busy={comparison.waiting}>
          <Problems comparison={comparison} />
          {answered ? (
            <>
              <MyFlat answered={answered} />
              <FloorChart answered={answered} />
              <HouseholdTable answered={answered} />
            </>
          ) : (
            !comparison.problem && !comparison.offline && <p role="status">{t('loading')}</p>
          )}
        </div>
        <Inputs problem={comparison.problem} />
      </div>
    </>
  )
}
