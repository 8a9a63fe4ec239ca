import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../api/client'
import { usePlan } from '../plan/store'
import { YuanInput } from './YuanInput'

/** Who pays nothing, and who is compensated; the same under every scheme. */
export function Adjustments({ problem }: { problem: Problem | null }) {
  const { t } = useTranslation()
  const { plan, change } = usePlan()
  const [free, setFree] = useState('')
  const [credited, setCredited] = useState('')
  const wrong = problem?.faults.find((fault) => fault.pointer?.includes('/adjustments/'))?.detail
  const ids = (taken: string[]) => [
    { value: '', label: t('choose') },
    ...plan.households.map((household) => household.id).filter((id) => !taken.includes(id)),
  ]
  return (
    <>
      {wrong && <p className="wrong">{wrong}</p>}
      <h3>{t('adjustments.exempt')}</h3>
      <p className="hint">{t('adjustments.exemptHint')}</p>
      <ul className="choices">
        {plan.exempt.map((id) => (
          <li key={id}>
            <span>{id}</span>
            <button
              type="button"
              className="plain small"
              onClick={() => change((before) => ({ ...before, exempt: before.exempt.filter((household) => household !== id) }))}
            >
              {t('choices.remove')}
              <span className="unseen"> {id}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className="row">
        <NativeSelect
          label={t('adjustments.addExempt')}
          data={ids(plan.exempt)}
          value={free}
          onChange={(event) => setFree(event.currentTarget.value)}
        />
        <button
          type="button"
          className="plain"
          disabled={!free}
          onClick={() => {
            change((before) => ({ ...before, exempt: [...before.exempt, free] }))
            setFree('')
          }}
        >
          {t('add')}
        </button>
      </div>
      <h3>{t('adjustments.compensation')}</h3>
      <p className="hint">{t('adjustments.compensationHint')}</p>
      <ul className="choices">
        {plan.compensation.map((entry) => (
          <li key={entry.household}>
            <YuanInput
              label={t('adjustments.amount', { household: entry.household })}
              value={entry.amountFen}
              onChange={(amountFen) =>
                amountFen !== null &&
                change((before) => ({
                  ...before,
                  compensation: before.compensation.map((other) => (other.household === entry.household ? { ...other, amountFen } : other)),
                }))
              }
            />
            <button
              type="button"
              className="plain small"
              onClick={() =>
                change((before) => ({
                  ...before,
                  compensation: before.compensation.filter((other) => other.household !== entry.household),
                }))
              }
            >
              {t('choices.remove')}
              <span className="unseen"> {entry.household}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className="row">
        <NativeSelect
          label={t('adjustments.addCompensation')}
          data={ids(plan.compensation.map((entry) => entry.household))}
          value={credited}
          onChange={(event) => setCredited(event.currentTarget.value)}
        />
        <button
          type="button"
          className="plain"
          disabled={!credited}
          onClick={() => {
            change((before) => ({ ...before, compensation: [...before.compensation, { household: credited, amountFen: 0 }] }))
            setCredited('')
          }}
        >
          {t('add')}
        </button>
      </div>
    </>
  )
}
