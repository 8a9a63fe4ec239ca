import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem, Rule } from '../api/client'
import { colour, hintOf, labelOf } from '../parts/schemes'
import type { Choice, Plan } from '../plan/plan'
import { usePlan } from '../plan/store'
import { usePolicies } from '../plan/usePolicies'
import { faultAt } from './faults'

const own = ['equal', 'area', 'ride', 'coefficients', 'mix'] as const
const most = 8

/** Whether the cost lines that a rule shares each in its own way are there. */
const knowsCosts = (rule: Rule, plan: Plan) =>
  rule.kind !== 'perCost' || Object.keys(rule.rules).every((id) => plan.costs.some((line) => line.id === id))

/** Which schemes stand side by side: those that follow the sliders, and ready ones of cities and countries. */
export function SchemeChoices({ problem }: { problem: Problem | null }) {
  const { t, i18n } = useTranslation()
  const { plan, change } = usePlan()
  const [adding, setAdding] = useState('')
  const texts = [...usePolicies('coefficients'), ...usePolicies('guidance')]
  const ready: Choice[] = texts.flatMap((policy) =>
    policy.schemes
      .filter((preset) => (preset.storeys ?? plan.storeys) === plan.storeys && knowsCosts(preset.scheme.rule as Rule, plan))
      .map((preset) => ({
        id: preset.scheme.id,
        kind: 'ready' as const,
        name: i18n.language === 'en' && preset.storeys === undefined ? policy.name.en : preset.scheme.name,
        rule: preset.scheme.rule as Extract<Choice, { kind: 'ready' }>['rule'],
        ...(preset.scheme.guidance ? { guidance: preset.scheme.guidance } : {}),
      })),
  )
  const free = [...own.map((kind): Choice => ({ id: kind, kind })), ...ready].filter(
    (choice) => !plan.schemes.some((scheme) => scheme.id === choice.id),
  )
  return (
    <>
      <ul className="choices">
        {plan.schemes.map((choice, k) => (
          <li key={choice.id} style={{ borderInlineStartColor: colour(k) }}>
            <span>
              {labelOf(t, choice)}
              {hintOf(t, choice, plan.knobs) && <small className="hint">{hintOf(t, choice, plan.knobs)}</small>}
            </span>
            {plan.schemes.length > 1 && (
              <button
                type="button"
                className="plain small"
                onClick={() => change((before) => ({ ...before, schemes: before.schemes.filter((scheme) => scheme.id !== choice.id) }))}
              >
                {t('choices.remove')}
                <span className="unseen"> {labelOf(t, choice)}</span>
              </button>
            )}
            {faultAt(problem, `/schemes/${k}`) && <p className="wrong">{faultAt(problem, `/schemes/${k}`)}</p>}
          </li>
        ))}
      </ul>
      {plan.schemes.length < most && free.length > 0 && (
        <div className="row">
          <NativeSelect
            label={t('choices.add')}
            value={adding}
            data={[{ value: '', label: t('choose') }, ...free.map((choice) => ({ value: choice.id, label: labelOf(t, choice) }))]}
            onChange={(event) => setAdding(event.currentTarget.value)}
          />
          <button
            type="button"
            className="plain"
            disabled={!adding}
            onClick={() => {
              const choice = free.find((entry) => entry.id === adding)
              if (choice) change((before) => ({ ...before, schemes: [...before.schemes, choice] }))
              setAdding('')
            }}
          >
            {t('add')}
          </button>
        </div>
      )}
    </>
  )
}
