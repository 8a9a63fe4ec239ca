import { NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../api/client'
import { usePlan } from '../plan/store'
import { dayOf, usePolicies } from '../plan/usePolicies'
import { faultAt } from './faults'

/** By which rule the owners vote. */
export function Vote({ problem }: { problem: Problem | null }) {
  const { t, i18n } = useTranslation()
  const { plan, change } = usePlan()
  const policies = usePolicies('consent')
  const { vote } = plan
  return (
    <>
      <NativeSelect
        label={t('vote.rule')}
        error={faultAt(problem, '/vote/policy')}
        value={vote?.policy ?? ''}
        data={[
          { value: '', label: t('vote.none') },
          ...policies.map((policy) => ({ value: policy.id, label: i18n.language === 'en' ? policy.name.en : policy.name.zh })),
          // Until the list has come, what was chosen stands by its id.
          ...(vote && !policies.some((policy) => policy.id === vote.policy) ? [{ value: vote.policy, label: vote.policy }] : []),
        ]}
        onChange={(event) => {
          const policy = policies.find((entry) => entry.id === event.currentTarget.value)
          change((before) => ({
            ...before,
            vote: policy ? { policy: policy.id, on: dayOf(policy, before.vote?.on) } : null,
          }))
        }}
      />
      {vote && (
        <TextInput
          type="date"
          label={t('subsidy.on')}
          error={faultAt(problem, '/vote/on')}
          value={vote.on}
          onChange={(event) => {
            const on = event.currentTarget.value
            if (on) change((before) => (before.vote ? { ...before, vote: { ...before.vote, on } } : before))
          }}
        />
      )}
      <p className="hint">{t('vote.where')}</p>
    </>
  )
}
