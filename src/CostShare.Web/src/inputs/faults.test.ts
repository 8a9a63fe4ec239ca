import { describe, expect, test } from 'vitest'
import { firstPlan } from '../plan/plan'
import i18n from '../texts/i18n'
import { placeOf } from './faults'

const plan = { ...firstPlan, households: [{ id: '', floor: 1, areaM2: 50 }, ...firstPlan.households] }

describe('The place of a fault', () => {
  test.each([
    ['/building/households/0/id', '住户，第 1 个：'],
    ['/building/households/1/floor', '住户，101：'],
    ['/building/households/99', '住户，第 100 个：'],
    ['/building/storeys', '住户：'],
    ['/costs', '费用和补贴：'],
    ['/costs/1/amountFen', '费用和补贴，井道土建：'],
    ['/funding/0/on', '费用和补贴：'],
    ['/schemes/2/rule', '比较哪些方案：'],
    ['/schemes/2/adjustments/0/amountFen', '免交和补偿：'],
    ['/vote/on', '表决会不会通过：'],
    ['', ''],
  ])('of %s is %s', (pointer, place) => expect(placeOf(pointer, plan, i18n.t)).toBe(place))
})
