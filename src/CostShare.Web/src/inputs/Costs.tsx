import { NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CostLine, Problem } from '../api/client'
import type { Plan } from '../plan/plan'
import { usePlan } from '../plan/store'
import { faultAt } from './faults'
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
            label={`${line.name}（${t('yuan')}）`}
            value={line.amountFen}
            error={faultAt(problem, `/costs/${i}/amountFen`)}
            onChange={(amountFen) => amountFen !== null && set(i, { amountFen })}
          />
          <details className="more">
            <summary>{t('costs.more', { name: line.name })}</summary>
            <TextInput
              label={t('costs.name')}
              value={line.name}
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
                {t('costs.remove', { name: line.name })}
              </button>
            )}
          </details>
        </div>
      ))}
      <button type="button" className="plain" onClick={() => change((before) => withLine(before, t('costs.new')))}>
        {t('costs.add')}
      </button>
    </>
  )
}

function withLine(plan: Plan, name: string): Plan {
  const ids = new Set(plan.costs.map((line) => line.id))
  let number = plan.costs.length + 1
  while (ids.has(`cost-${number}`)) number++
  return { ...plan, costs: [...plan.costs, { id: `cost-${number}`, name, category: 'other', amountFen: 0 }] }
}
