import { describe, expect, test } from 'vitest'
import { firstPlan, request } from '../plan/plan'
import type { Answered } from '../plan/useComparison'
import i18n from '../texts/i18n'
import { chatText } from './chatText'

const plan = {
  ...firstPlan,
  households: [
    { id: '301', floor: 3, areaM2: 40 },
    { id: '201', floor: 2, areaM2: 50 },
    { id: '202', floor: 2, areaM2: 60 },
  ],
  schemes: [firstPlan.schemes[0]!, { id: 'ready', kind: 'ready' as const, name: '上海参考', rule: { kind: 'area' as const } }],
}

const share = (household: string, amountFen: number) => ({ household, amountFen })
const answered = {
  plan,
  request: request(plan, i18n.t),
  result: {
    funding: { totalCostFen: 76_000_000, selfFundedFen: 48_000_050 },
    schemes: [
      { id: 'equal', shares: [share('301', 16_000_000), share('201', 16_000_000), share('202', 16_000_000)] },
      { id: 'ready', shares: [share('301', -100), share('201', 1_234_567), share('202', 2_000_000)] },
    ],
  },
} as unknown as Answered

describe('chatText', () => {
  test('tells the money, each scheme by floors from below, and the link at the end', () =>
    expect(chatText(i18n.t, answered, 'https://example.org/#zabc').split('\n')).toEqual([
      '【加装电梯分摊比较】',
      '总造价 760,000 元，住户自己出 480,000.50 元，共 3 户。',
      '',
      '1. 均摊',
      '2 楼: 160,000 元',
      '3 楼: 160,000 元',
      '',
      '2. 上海参考',
      '2 楼: 12,345.67–20,000 元',
      '3 楼: −1 元',
      '',
      '点开可以看每一户、自己改数字：',
      'https://example.org/#zabc',
    ]))
})
