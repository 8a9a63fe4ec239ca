import { NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../api/client'
import { usePlan } from '../plan/store'
import { dayOf, usePolicies } from '../plan/usePolicies'
import { faultAt } from './faults'

/** The city whose rule gives a subsidy, and the day whose rule counts. */
export function Subsidy({ problem }: { problem: Problem | null }) {
  const { t, i18n } = useTranslation()
  const { plan, change } = usePlan()
  const policies = usePolicies('subsidy')
  const at = `/funding/${plan.sources.length}`
  const say = (words: { zh: string; en: string }) => (i18n.language === 'en' ? words.en : words.zh)
  const chosen = policies.find((policy) => policy.id === plan.subsidy?.policy)
  const unsure = (certainty: string) => certainty === 'hint' || certainty === 'background'
  return (
    <>
      <NativeSelect
        label={t('subsidy.city')}
        error={faultAt(problem, `${at}/policy`)}
        value={plan.subsidy?.policy ?? ''}
        data={[
          { value: '', label: t('subsidy.none') },
          ...policies.map((policy) => ({
            value: policy.id,
            label: `${say(policy.name)}${unsure(policy.certainty) ? t('subsidy.unsure') : ''}`,
          })),
          // Until the list has come, what was chosen stands by its id.
          ...(plan.subsidy && !chosen ? [{ value: plan.subsidy.policy, label: plan.subsidy.policy }] : []),
        ]}
        onChange={(event) => {
          const policy = policies.find((entry) => entry.id === event.currentTarget.value)
          change((before) => ({
            ...before,
            subsidy: policy
              ? {
                  policy: policy.id,
                  on: dayOf(policy, before.subsidy?.on),
                  ...(unsure(policy.certainty) ? { acceptUnconfirmed: true } : {}),
                }
              : null,
          }))
        }}
      />
      {plan.subsidy && (
        <TextInput
          type="date"
          label={t('subsidy.on')}
          description={t('subsidy.onHint')}
          error={faultAt(problem, `${at}/on`)}
          value={plan.subsidy.on}
          onChange={(event) => {
            const on = event.currentTarget.value
            if (on) change((before) => (before.subsidy ? { ...before, subsidy: { ...before.subsidy, on } } : before))
          }}
        />
      )}
      {chosen && unsure(chosen.certainty) && <p className="hint">{t('subsidy.unsureHint')}</p>}
    </>
  )
}
