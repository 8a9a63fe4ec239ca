import { describe, expect, test } from 'vitest'
import type { Rule } from '../api/client'
import i18n from '../texts/i18n'
import { coefficients, firstPlan, floors, type Plan, request as requestIn, shared } from './plan'

const request = (plan: Plan) => requestIn(plan, i18n.t)

const withKnobs = (knobs: Partial<Plan['knobs']>): Plan => ({ ...firstPlan, knobs: { ...firstPlan.knobs, ...knobs } })

describe('coefficients', () => {
  test('Floors below the first that pays count nothing, and each above it a step more', () => {
    expect(coefficients(firstPlan)).toEqual({ 1: 0, 2: 0.5, 3: 0.75, 4: 1, 5: 1.25, 6: 1.5, 7: 1.75 })
    expect(coefficients(withKnobs({ fromFloor: 1, baseHundredths: 100, stepHundredths: 0 }))).toEqual(
      Object.fromEntries(floors(firstPlan).map((floor) => [floor, 1])),
    )
  })

  test('They are the decimals that the sliders show, to the letter', () => {
    for (let baseHundredths = 10; baseHundredths <= 200; baseHundredths += 10)
      for (let stepHundredths = 0; stepHundredths <= 100; stepHundredths += 5)
        for (const value of Object.values(coefficients({ ...withKnobs({ fromFloor: 1, baseHundredths, stepHundredths }), storeys: 33 })))
          expect(JSON.stringify(value)).toMatch(/^\d+(\.\d{1,2})?$/)
  })
})

describe('request', () => {
  test('The schemes come in their order, with what is the same for all', () => {
    const plan = { ...firstPlan, exempt: ['101'], compensation: [{ household: '102', amountFen: 500_000 }] }
    const { schemes } = request(plan)
    expect(schemes.map((scheme) => [scheme.id, (scheme.rule as Rule).kind])).toEqual([
      ['equal', 'equal'],
      ['area', 'area'],
      ['coefficients', 'floorCoefficients'],
      ['mix', 'mix'],
    ])
    for (const scheme of schemes) {
      expect(scheme.rounding).toEqual({ unitFen: 100 })
      expect(scheme.adjustments).toEqual([
        { kind: 'exempt', household: '101' },
        { kind: 'compensation', household: '102', amountFen: 500_000 },
      ])
    }
  })

  test.each([
    [0, 'floorCoefficients'],
    [5, 'mix'],
    [95, 'mix'],
    [100, 'area'],
  ])('A part of %d %% by area is a rule that the program takes', (areaPercent, kind) => {
    const rule = request(withKnobs({ areaPercent })).schemes.find((scheme) => scheme.id === 'mix')!.rule as Rule
    expect(rule.kind).toBe(kind)
    if (rule.kind === 'mix') expect(rule.parts.map((part) => part.percent)).toEqual([areaPercent, 100 - areaPercent])
  })

  test('The subsidy comes after other money', () => {
    const gift = { id: 'gift', kind: 'fixed' as const, amountFen: 1_000_000 }
    expect(request({ ...firstPlan, sources: [gift] }).funding!.map((source) => source.id)).toEqual(['gift', '政府补贴'])
    expect(request({ ...firstPlan, subsidy: null }).funding).toEqual([])
  })
})

test('What others see is the plan without what households said', () => {
  const plan: Plan = {
    ...firstPlan,
    households: firstPlan.households.map((household) => ({
      ...household,
      joins: true,
      use: 'dwelling',
      flatType: 'A',
      entry: 'level',
      stance: 'no',
      limitFen: 100,
      owners: [{ person: '甲' }],
    })),
    vote: { policy: 'civil-code-278', on: '2026-01-01' },
  }
  const seen = shared(plan)
  expect(JSON.stringify(seen)).not.toMatch(/stance|limit|owners|甲/)
  expect(seen.households[0]).toEqual({ id: '101', floor: 1, areaM2: 38.6, joins: true, use: 'dwelling', flatType: 'A', entry: 'level' })
})
