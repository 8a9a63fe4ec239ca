import type { TFunction } from 'i18next'
import type { ComparisonRequest, CostLine, Household, Rule, Schemas } from '../api/client'

/** What the page asks the engine about: everything that a reader can set, and nothing that can be computed. */
export interface Plan {
  storeys: number
  households: Household[]
  costs: CostLine[]
  /** The city's subsidy and the day whose rule counts; null where there is none. */
  subsidy: { policy: string; on: string; acceptUnconfirmed?: boolean } | null
  /** Other money: programmes, gifts, sums of a fixed amount. */
  sources: Schemas['Source'][]
  schemes: Choice[]
  knobs: Knobs
  /** Households that join and pay nothing. */
  exempt: string[]
  compensation: { household: string; amountFen: number }[]
  vote: { policy: string; on: string } | null
  standAlone: Schemas['StandAloneCosts'] | null
}

/** More storeys than any building has, so that no list of them is too long to be drawn. */
export const mostStoreys = 200

/** A scheme of the comparison: one that follows the knobs, or a ready one. */
export type Choice =
  | { id: string; kind: 'equal' | 'area' | 'ride' | 'coefficients' | 'mix' }
  | { id: string; kind: 'ready'; name: string; rule: Rule; guidance?: Schemas['Guidance'] }

/** What sliders set; coefficients in hundredths, so that they stay whole numbers. */
export interface Knobs {
  fromFloor: number
  baseHundredths: number
  stepHundredths: number
  areaPercent: number
  unitFen: number
  /** Coefficients of floors that were set one by one, in hundredths, in place of what the other knobs give. */
  ownHundredths?: Record<string, number>
}

/** The coefficient of each floor: its own where one was set, else 0 below the first paying floor, then one step more with each floor. */
export function coefficients(plan: Plan): Record<string, number> {
  const fromFloor = firstPaying(plan)
  const { baseHundredths, stepHundredths, ownHundredths } = plan.knobs
  return Object.fromEntries(
    floors(plan).map((floor) => [
      floor,
      (ownHundredths?.[floor] ?? (floor < fromFloor ? 0 : baseHundredths + stepHundredths * (floor - fromFloor))) / 100,
    ]),
  )
}

/** The first floor that pays; in a building of fewer storeys its last, and again what was set when it has more. */
export function firstPaying({ knobs, storeys }: Plan): number {
  return Math.min(knobs.fromFloor, storeys)
}

export function floors(plan: Plan): number[] {
  return Array.from({ length: plan.storeys }, (_, i) => i + 1)
}

function rule(plan: Plan, choice: Choice): Rule {
  const byFloor: Rule = { kind: 'floorCoefficients', coefficients: coefficients(plan), sharedBy: 'floor', within: 'area' }
  switch (choice.kind) {
    case 'equal':
    case 'area':
    case 'ride':
      return { kind: choice.kind }
    case 'coefficients':
      return byFloor
    case 'mix':
      return mix(plan.knobs.areaPercent, byFloor)
    case 'ready':
      return choice.rule
  }
}

function mix(areaPercent: number, byFloor: Rule): Rule {
  if (areaPercent === 0) return byFloor
  if (areaPercent === 100) return { kind: 'area' }
  return {
    kind: 'mix',
    parts: [
      { percent: areaPercent, rule: { kind: 'area' } },
      { percent: 100 - areaPercent, rule: byFloor },
    ],
  }
}

/** What a cost line is called: as somebody wrote it; those of the first plan in the reader's language. */
export function costName(t: TFunction, { id, name }: CostLine): string {
  return firstPlan.costs.some((line) => line.id === id && line.name === name) ? t(`first.${id}`) : name
}

/** The request that a plan stands for; what the page itself names is named in the reader's language, since sentences and files come back with it. */
export function request(plan: Plan, t: TFunction): ComparisonRequest {
  const adjustments: Schemas['Adjustment'][] = [
    ...plan.exempt.map((household) => ({ kind: 'exempt' as const, household })),
    ...plan.compensation.map((entry) => ({ kind: 'compensation' as const, ...entry })),
  ]
  const subsidy: Schemas['Source'][] = plan.subsidy ? [{ id: t('waterfall.subsidy'), kind: 'policy', ...plan.subsidy }] : []
  return {
    building: { storeys: plan.storeys, households: plan.households },
    costs: plan.costs.map((line) => ({ ...line, name: costName(t, line) })),
    funding: [...plan.sources, ...subsidy],
    schemes: plan.schemes.map((choice) => ({
      id: choice.id,
      name: choice.kind === 'ready' ? choice.name : t(`scheme.${choice.kind}`),
      rule: rule(plan, choice),
      adjustments,
      rounding: { unitFen: plan.knobs.unitFen as Schemas['Rounding']['unitFen'] },
      ...(choice.kind === 'ready' && choice.guidance ? { guidance: choice.guidance } : {}),
    })),
    ...(plan.vote ? { vote: plan.vote } : {}),
    ...(plan.standAlone ? { standAlone: plan.standAlone } : {}),
  }
}

/** A plan as others may see it: without what households said in confidence. */
export function shared(plan: Plan): Plan {
  return {
    ...plan,
    households: plan.households.map(({ id, floor, areaM2, use, joins, entry, flatType }) => ({
      id,
      floor,
      areaM2,
      use,
      joins,
      entry,
      flatType,
    })),
    vote: plan.vote && { policy: plan.vote.policy, on: plan.vote.on },
  }
}

const areas = [38.6, 45.25, 41.8, 45.25, 52.3]

/** What a newcomer sees first: a stair of seven storeys with five flats on each, and Shanghai's subsidy. */
export const firstPlan: Plan = {
  storeys: 7,
  households: Array.from({ length: 35 }, (_, i) => ({
    id: `${Math.floor(i / 5) + 1}0${(i % 5) + 1}`,
    floor: Math.floor(i / 5) + 1,
    areaM2: areas[i % 5]!,
  })),
  costs: [
    { id: 'lift', name: '电梯设备及安装', category: 'equipment', amountFen: 46_000_000 },
    { id: 'works', name: '井道土建', category: 'civilWorks', amountFen: 25_000_000 },
    { id: 'design', name: '设计与监理', category: 'design', amountFen: 5_000_000 },
  ],
  subsidy: { policy: 'shanghai-lift', on: '2022-05-01' },
  sources: [],
  schemes: [
    { id: 'equal', kind: 'equal' },
    { id: 'area', kind: 'area' },
    { id: 'coefficients', kind: 'coefficients' },
    { id: 'mix', kind: 'mix' },
  ],
  knobs: { fromFloor: 2, baseHundredths: 50, stepHundredths: 25, areaPercent: 30, unitFen: 100 },
  exempt: [],
  compensation: [],
  vote: { policy: 'china-civil-code-278', on: '2022-05-01' },
  standAlone: null,
}
