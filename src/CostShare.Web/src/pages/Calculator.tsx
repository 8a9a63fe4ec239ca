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
import { firstPlan } from '../plan/plan'
import { isSame, usePlan } from '../plan/store'
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
      <p className="lead noPrint">
        {t(isSame(plan, firstPlan) ? 'start.example' : 'start.own', { storeys: plan.storeys, households: plan.households.length })}
      </p>
      <FromElsewhere />
      <div className="columns">
        <div className={empty ? 'results top empty' : 'results top'} aria-busy={comparison.waiting}>
          <Problems comparison={comparison} />
          {answered ? (
            <>
              <MyFlat answered={answered} />
              <FloorChart answered={answered} />
              {comparison.waiting && (
                <p role="status" className="slow">
                  {t('loading')}
                </p>
              )}
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

/** What came by a link or a file: that it cannot be read, or that the reader's own plan is still there. */
function FromElsewhere() {
  const { t } = useTranslation()
  const { before, back, isBroken } = usePlan()
  return (
    <>
      {isBroken && (
        <p role="alert" className="notice noPrint">
          {t('share.broken')}
        </p>
      )}
      {before && (
        <div className="notice quiet noPrint">
          <p role="status">{t('share.other')}</p>
          <div className="buttons">
            <button type="button" className="plain" onClick={() => back(true)}>
              {t('share.toOwn')}
            </button>
            <button type="button" className="plain" onClick={() => back(false)}>
              {t('share.keepOther')}
            </button>
          </div>
        </div>
      )}
    </>
  )
}

/** Draws what is not seen first when the rest stands, a little at a time, so that a slow phone answers to the finger meanwhile. */
function Later({ children }: { children: ReactNode }) {
  return useDeferredValue(true, false) && children
}
