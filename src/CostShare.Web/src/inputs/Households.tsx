import { NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Household, Problem } from '../api/client'
import type { Plan } from '../plan/plan'
import { usePlan } from '../plan/store'
import { faultAt } from './faults'
import { More } from './More'
import { YuanInput } from './YuanInput'

/** The households: each with its floor and area, and whether it joins. */
export function Households({ problem }: { problem: Problem | null }) {
  const { t } = useTranslation()
  const { plan, change } = usePlan()
  const set = (position: number, part: Partial<Household>) =>
    change((before) => ({
      ...before,
      households: before.households.map((household, i) => (i === position ? { ...household, ...part } : household)),
    }))
  return (
    <>
      <p>
        <Link href="/sheet">{t('households.paste')}</Link>
      </p>
      <NumberInput
        label={t('households.storeys')}
        value={plan.storeys}
        min={1}
        max={200}
        allowDecimal={false}
        hideControls
        error={faultAt(problem, '/building/storeys')}
        onChange={(value) =>
          typeof value === 'number' &&
          value >= 1 &&
          change((before) => ({
            ...before,
            storeys: value,
            knobs: { ...before.knobs, fromFloor: Math.min(before.knobs.fromFloor, value) },
          }))
        }
      />
      <ul className="flats">
        {plan.households.map((household, i) => {
          const at = `/building/households/${i}`
          return (
            <li key={i}>
              <More
                summary={
                  <>
                    {t('households.line', { id: household.id, floor: household.floor, area: household.areaM2 })}
                    {household.joins === false && <span className="tag quiet">{t('households.out')}</span>}
                    {household.stance && household.stance !== 'undecided' && (
                      <span className="tag quiet">{t(`stance.${household.stance}`)}</span>
                    )}
                  </>
                }
              >
                <TextInput
                  label={t('households.id')}
                  value={household.id}
                  error={faultAt(problem, `${at}/id`)}
                  onChange={(event) => set(i, { id: event.currentTarget.value })}
                />
                <NumberInput
                  label={t('households.floor')}
                  value={household.floor}
                  min={1}
                  max={200}
                  allowDecimal={false}
                  hideControls
                  error={faultAt(problem, `${at}/floor`)}
                  onChange={(value) => typeof value === 'number' && set(i, { floor: value })}
                />
                <NumberInput
                  label={t('households.area')}
                  value={household.areaM2}
                  min={0}
                  decimalScale={2}
                  hideControls
                  error={faultAt(problem, `${at}/areaM2`)}
                  onChange={(value) => typeof value === 'number' && set(i, { areaM2: value })}
                />
                <label className="check">
                  <input
                    type="checkbox"
                    checked={household.joins !== false}
                    onChange={(event) => set(i, { joins: event.currentTarget.checked })}
                  />
                  {t('households.joins')}
                </label>
                <NativeSelect
                  label={t('households.stance')}
                  description={t('households.secret')}
                  value={household.stance ?? 'undecided'}
                  data={(['undecided', 'yes', 'no'] as const).map((stance) => ({ value: stance, label: t(`stance.${stance}`) }))}
                  onChange={(event) => set(i, { stance: event.currentTarget.value as Household['stance'] })}
                />
                <YuanInput
                  label={t('households.limit')}
                  optional
                  value={household.limitFen ?? null}
                  error={faultAt(problem, `${at}/limitFen`)}
                  onChange={(limitFen) => set(i, { limitFen: limitFen ?? undefined })}
                />
                {plan.households.length > 1 && (
                  <button type="button" className="plain" onClick={() => change((before) => without(before, i))}>
                    {t('households.remove', { id: household.id })}
                  </button>
                )}
              </More>
              {faultAt(problem, at) && <p className="wrong">{faultAt(problem, at)}</p>}
            </li>
          )
        })}
      </ul>
      <button type="button" className="plain" onClick={() => change(withHousehold)}>
        {t('households.add')}
      </button>
    </>
  )
}

/** A household more, beside the last one. */
function withHousehold(plan: Plan): Plan {
  const last = plan.households[plan.households.length - 1]!
  const ids = new Set(plan.households.map((household) => household.id))
  let number = 1
  while (ids.has(`${last.floor}${String(number).padStart(2, '0')}`)) number++
  return {
    ...plan,
    households: [...plan.households, { id: `${last.floor}${String(number).padStart(2, '0')}`, floor: last.floor, areaM2: last.areaM2 }],
  }
}

/** A household less, and what was said of it. */
function without(plan: Plan, position: number): Plan {
  const { id } = plan.households[position]!
  return {
    ...plan,
    households: plan.households.filter((_, i) => i !== position),
    exempt: plan.exempt.filter((household) => household !== id),
    compensation: plan.compensation.filter((entry) => entry.household !== id),
  }
}
