import { NativeSelect, Slider, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CostLine, Problem } from '../api/client'
import { costName, type Plan } from '../plan/plan'
import { usePlan } from '../plan/store'
import { faultAt } from './faults'
import { More } from './More'
import { yuan } from '../parts/figures'
import { YuanInput } from './YuanInput'

const categories: CostLine['category'][] = [
  'equipment',
  'civilWorks',
  'design',
  'survey',
  'supervision',
  'pipes',
  'power',
  'landscape',
  'inspection',
  'corridor',
  'other',
]

/** The budget, line by line. */
export function Costs({ problem }: { problem: Problem | null }) {
  const { t } = useTranslation()
  const { plan, change } = usePlan()
  const set = (position: number, part: Partial<CostLine>) =>
    change((before) => ({ ...before, costs: before.costs.map((line, i) => (i === position ? { ...line, ...part } : line)) }))
  const together = problem?.faults.find((fault) => fault.pointer === '/costs')?.detail
  return (
    <>
      {together && <p className="wrong">{together}</p>}
      {plan.costs.map((line, i) => (
        <div className="line" key={line.id}>
          <YuanInput
            label={t('costs.yuan', { name: costName(t, line) })}
            value={line.amountFen}
            error={faultAt(problem, `/costs/${i}/amountFen`)}
            onChange={(amountFen) => amountFen !== null && set(i, { amountFen })}
          />
          <CostSlider name={costName(t, line)} value={line.amountFen} onChange={(amountFen) => set(i, { amountFen })} />
          <More summary={t('costs.more', { name: costName(t, line) })}>
            <TextInput
              label={t('costs.name')}
              value={costName(t, line)}
              error={faultAt(problem, `/costs/${i}/name`)}
              onChange={(event) => set(i, { name: event.currentTarget.value })}
            />
            <NativeSelect
              label={t('costs.category')}
              data={categories.map((category) => ({ value: category, label: t(`category.${category}`) }))}
              value={line.category}
              onChange={(event) => set(i, { category: event.currentTarget.value as CostLine['category'] })}
            />
            {plan.costs.length > 1 && (
              <button
                type="button"
                className="plain"
                onClick={() => change((before) => ({ ...before, costs: before.costs.filter((_, at) => at !== i) }))}
              >
                {t('costs.remove', { name: costName(t, line) })}
              </button>
            )}
          </More>
        </div>
      ))}
      <button type="button" className="plain" onClick={() => change((before) => withLine(before, t('costs.new')))}>
        {t('costs.add')}
      </button>
    </>
  )
}

/** Round sums in fen that a slider may reach: 100,000 yuan, 200,000, 500,000, and so on. */
const reaches = [1, 2, 5].flatMap((first) => [5, 6, 7, 8, 9, 10, 11].map((zeros) => first * 10 ** zeros * 100)).sort((a, b) => a - b)

const reachOf = (amountFen: number) => reaches.find((sum) => sum * 2 >= amountFen * 3) ?? reaches[reaches.length - 1]!

/** An amount for whoever would rather move than write; its end stays where it is while it moves. */
function CostSlider({ name, value, onChange }: { name: string; value: number; onChange: (fen: number) => void }) {
  const { t } = useTranslation()
  const [end, setEnd] = useState(() => reachOf(value))
  if (value > end && end !== reachOf(value)) setEnd(reachOf(value))
  return (
    <Slider
      value={value}
      min={0}
      max={end}
      step={end / 100}
      label={null}
      size="lg"
      thumbSize={30}
      thumbLabel={t('costs.slide', { name })}
      thumbValueText={`${yuan(value)} ${t('yuan')}`}
      onChange={onChange}
    />
  )
}

function withLine(plan: Plan, name: string): Plan {
  const ids = new Set(plan.costs.map((line) => line.id))
  let number = plan.costs.length + 1
  while (ids.has(`cost-${number}`)) number++
  return { ...plan, costs: [...plan.costs, { id: `cost-${number}`, name, category: 'other', amountFen: 0 }] }
}
