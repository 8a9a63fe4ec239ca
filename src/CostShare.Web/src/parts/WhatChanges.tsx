import { NativeSelect } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { patiently } from '../plan/patiently'
import { usePlan } from '../plan/store'
import type { Answered } from '../plan/useComparison'
import { labelOf } from './schemes'

const Changes = lazy(() => patiently(() => import('./Changes')))

/** What would change the reader's own amount, when the reader asks for it. */
export function WhatChanges({ answered }: { answered: Answered }) {
  const { t } = useTranslation()
  const { plan, mine } = usePlan()
  const [asked, setAsked] = useState(false)
  const [wanted, setWanted] = useState('')
  const scheme = plan.schemes.find((choice) => choice.id === wanted) ?? plan.schemes[plan.schemes.length - 1]!
  const ids = answered.request.building.households.map((household) => household.id)
  if (!ids.includes(mine)) return null
  return (
    <section aria-labelledby="changes" className="noPrint">
      <h2 id="changes">{t('changes.title', { household: mine })}</h2>
      {!asked && (
        <button type="button" className="plain" onClick={() => setAsked(true)}>
          {t('changes.show')}
        </button>
      )}
      {asked && (
        <>
          <NativeSelect
            label={t('why.scheme')}
            data={plan.schemes.map((choice) => ({ value: choice.id, label: labelOf(t, choice) }))}
            value={scheme.id}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
          <Suspense fallback={<p role="status">{t('loading')}</p>}>
            <Changes scheme={scheme.id} household={mine} sentences />
          </Suspense>
        </>
      )}
    </section>
  )
}
