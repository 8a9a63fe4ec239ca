import { type ReactNode, useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { Facts } from '../parts/Facts'
import { FloorChart } from '../parts/FloorChart'
import { HouseholdTable } from '../parts/HouseholdTable'
import { Inputs } from '../inputs/Inputs'
import { MyFlat } from '../parts/MyFlat'
import { Problems } from '../parts/Problems'
import { Share } from '../parts/Share'
import { VoteForecast } from '../parts/VoteForecast'
import { Waterfall } from '../parts/Waterfall'
import { WhatChanges } from '../parts/WhatChanges'
import { usePlan } from '../plan/store'
import { useComparison } from '../plan/useComparison'

/** The start page: a result, and everything that changes it. */
export function Calculator() {
  const { t } = useTranslation()
  const { plan } = usePlan()
  const comparison = useComparison(plan)
  const { answered } = comparison
  const empty = !answered && !comparison.problem && !comparison.offline
  return (
    <>
      <h1>
        <span className="noPrint">{t('start.question')}</span>
        <span className="onPaper">{t('start.paper')}</span>
      </h1>
      <p className="lead noPrint">{t('start.lead')}</p>
      <div className="columns">
        <div className={empty ? 'results top empty' : 'results top'} aria-busy={comparison.waiting}>
          <Problems comparison={comparison} />
          {answered ? (
            <>
              <MyFlat answered={answered} />
              <FloorChart answered={answered} />
            </>
          ) : (
            empty && <p role="status">{t('loading')}</p>
          )}
        </div>
        <Later>
          <Inputs problem={comparison.problem} />
        </Later>
        {answered && (
          <Later>
            <div className="results rest">
              <Waterfall answered={answered} />
              <HouseholdTable answered={answered} />
              <Facts answered={answered} />
              {plan.vote && <VoteForecast answered={answered} />}
              <WhatChanges answered={answered} />
              <Share answered={answered} />
            </div>
          </Later>
        )}
      </div>
    </>
  )
}

/** Draws what is not seen first when the rest stands, a little at a time, so that a slow phone answers to the finger meanwhile. */
function Later({ children }: { children: ReactNode }) {
  return useDeferredValue(true, false) && children
}
