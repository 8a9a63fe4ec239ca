import { NativeSelect, TextInput } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Household, Problem } from '../api/client'
import { mostStoreys, type Plan } from '../plan/plan'
import { usePlan } from '../plan/store'
import { faultAt } from './faults'
import { More } from './More'
import { NumberField } from './NumberField'
import { YuanInput } from './YuanInput'

// The largest area of a flat that the engine takes, in square metres.
const mostArea = 100_000

/** The households: each with its floor and area, and whether it joins. */
export function Households({ problem }: { problem: Problem | null }) {
  const { t } = useTranslation()
  const { plan, change, mine, setMine } = usePlan()
  const set = (position: number, part: Partial<Household>) =>
    change((before) => ({
      ...before,
      households: before.households.map((household, i) => (i === position ? { ...household, ...part } : household)),
    }))
  const rename = (position: number, id: string) => {
    change((before) => renamed(before, position, id))
    if (plan.households[position]!.id === mine) setMine(id)
  }
  // Where a household was taken away, the next one takes its place: closed, and with the focus, so that a second tap takes nothing away.
  const list = useRef<HTMLUListElement>(null)
  const taken = useRef<number | null>(null)
  const many = plan.households.length
  useEffect(() => {
    if (taken.current === null) return
    list.current?.querySelectorAll('summary')[Math.min(taken.current, many - 1)]?.focus()
    taken.current = null
  }, [many])
  return (
    <>
      <p>
        <Link href="/sheet">{t('households.paste')}</Link>
      </p>
      <NumberField
        label={t('households.storeys')}
        value={plan.storeys}
        min={1}
        max={mostStoreys}
        error={faultAt(problem, '/building/storeys')}
        onChange={(storeys) => change((before) => ({ ...before, storeys }))}
      />
      <ul className="flats" ref={list}>
        {plan.households.map((household, i) => {
          const at = `/building/households/${i}`
          return (
            <li key={`${many} ${i}`}>
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
                  onChange={(event) => rename(i, event.currentTarget.value)}
                />
                <NumberField
                  label={t('households.floor')}
                  value={household.floor}
                  min={1}
                  max={mostStoreys}
                  error={faultAt(problem, `${at}/floor`)}
                  onChange={(floor) => set(i, { floor })}
                />
                <NumberField
                  label={t('households.area')}
                  value={household.areaM2}
                  min={0}
                  max={mostArea}
                  decimals={2}
                  error={faultAt(problem, `${at}/areaM2`)}
                  onChange={(areaM2) => set(i, { areaM2 })}
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
                  <button
                    type="button"
                    className="plain"
                    onClick={() => {
                      taken.current = i
                      change((before) => without(before, i))
                    }}
                  >
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

/** A household by another door number, and with it what is said of it elsewhere; where two have the number, nobody knows of which. */
function renamed(plan: Plan, position: number, id: string): Plan {
  const old = plan.households[position]!.id
  const now = (name: string) => (name === old && plan.households.filter((household) => household.id === old).length === 1 ? id : name)
  return {
    ...plan,
    households: plan.households.map((household, i) => (i === position ? { ...household, id } : household)),
    exempt: plan.exempt.map(now),
    compensation: plan.compensation.map((entry) => ({ ...entry, household: now(entry.household) })),
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
