import type { TFunction } from 'i18next'
import type { Problem } from '../api/client'
import { costName, type Plan } from '../plan/plan'

/** What is wrong with what stands at a place of the request, or below it. */
export function faultAt(problem: Problem | null, pointer: string): string | undefined {
  return problem?.faults.find((fault) => fault.pointer === pointer || fault.pointer?.startsWith(`${pointer}/`))?.detail
}

const groups = [
  [/^\/building/, 'households.title'],
  [/^\/(costs|funding)/, 'costs.title'],
  [/^\/schemes\/\d+\/adjustments/, 'adjustments.title'],
  [/^\/schemes/, 'choices.title'],
  [/^\/vote/, 'vote.title'],
] as const

/** Where it is set on the page: the group of inputs, and which household or cost; empty where it is nowhere. */
export function placeOf(pointer: string, plan: Plan, t: TFunction): string {
  const title = groups.find(([begin]) => begin.test(pointer))?.[1]
  if (!title) return ''
  const [, list, position] = /^\/(building\/households|costs)\/(\d+)/.exec(pointer) ?? []
  if (!position) return t('problemIn', { group: t(title) })
  const i = Number(position)
  const name = list === 'costs' ? plan.costs[i] && costName(t, plan.costs[i]) : plan.households[i]?.id
  return t('problemAt', { group: t(title), name: name || t('problemNth', { n: i + 1 }) })
}
