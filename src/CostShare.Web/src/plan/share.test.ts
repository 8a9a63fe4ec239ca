// @vitest-environment node
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { firstPlan, type Plan, shared } from './plan'
import { fromFragment, read, toFragment } from './share'

afterEach(() => vi.unstubAllGlobals())

const pack = (text: string) => `#z${deflateRawSync(text).toString('base64url')}`
const plain = (value: unknown) => `#j${Buffer.from(JSON.stringify(value)).toString('base64url')}`
const kept = (plan: Plan) => JSON.parse(JSON.stringify(shared(plan))) as Plan

const confided: Plan = {
  ...firstPlan,
  households: [{ id: '甲/1 “东”', floor: 7, areaM2: 45.25, stance: 'no', limitFen: 1_234_567, owners: [{ person: '王小明' }] }],
  vote: { policy: 'civil-code-278', on: '2026-01-01' },
}

describe('a link', () => {
  test.each([
    ['the first plan', firstPlan],
    ['names of every kind', { ...firstPlan, costs: [{ ...firstPlan.costs[0]!, name: '电梯 “A&B” 😀 \u0000 #z' }] }],
    ['what was said in confidence', confided],
  ])('opens the same plan: %s', async (_, plan) => {
    const fragment = await toFragment(plan)
    expect(fragment).toMatch(/^#z[\w-]+$/)
    expect(await fromFragment(fragment)).toEqual(kept(plan))
  })

  test('opens the same plan where the browser cannot compress', async () => {
    vi.stubGlobal('CompressionStream', undefined)
    const fragment = await toFragment(firstPlan)
    expect(fragment).toMatch(/^#j[\w-]+$/)
    expect(await fromFragment(fragment)).toEqual(kept(firstPlan))
  })

  test('holds nothing that households said in confidence', async () => {
    const held = inflateRawSync(Buffer.from((await toFragment(confided)).slice(2), 'base64url')).toString()
    expect(held).toContain('甲/1')
    expect(held).not.toMatch(/stance|limit|1234567|owners|王小明/)
  })

  test('is short enough for a chat: 35 households in less than 2,000 letters', async () =>
    expect((await toFragment(firstPlan)).length).toBeLessThan(2_000))

  test.each([
    '',
    '#',
    '#z',
    '#j',
    '#main',
    '#zAAAA',
    '#z%%%',
    '#j!!',
    `#x${Buffer.from(JSON.stringify(firstPlan)).toString('base64url')}`,
    `#j${Buffer.from([0xff, 0xfe, 0x7b]).toString('base64url')}`,
    pack('{"storeys":7'),
    plain(null),
    plain([]),
    plain('plan'),
  ])('that is none is refused: %s', async (fragment) => expect(await fromFragment(fragment)).toBeNull())

  test('cut at any place is refused or, at its very end, the same', async () => {
    const fragment = await toFragment(firstPlan)
    for (let length = 0; length < fragment.length; length += 7) {
      const opened = await fromFragment(fragment.slice(0, length))
      if (opened !== null) expect(opened).toEqual(kept(firstPlan))
    }
  })

  test('that would unfold to gigabytes is refused before it does', async () => {
    const bomb = pack(JSON.stringify({ ...firstPlan, costs: [{ ...firstPlan.costs[0], name: 'A'.repeat(200_000_000) }] }))
    expect(bomb.length).toBeLessThan(1_000_000)
    let unfolded = 0
    const native = DecompressionStream
    vi.stubGlobal(
      'DecompressionStream',
      class {
        readable
        writable
        constructor(format: 'deflate-raw') {
          const stream = new native(format)
          this.writable = stream.writable
          this.readable = stream.readable.pipeThrough(
            new TransformStream<Uint8Array, Uint8Array>({
              transform(part, out) {
                unfolded += part.length
                out.enqueue(part)
              },
            }),
          )
        }
      },
    )
    expect(await fromFragment(bomb)).toBeNull()
    expect(unfolded).toBeLessThan(6_000_000)
  })
})

describe('read', () => {
  test('takes a plan of this device with all that is in it', () => expect(read(JSON.stringify(confided))).toEqual(confided))

  test('What an older page did not know yet is nothing', () => {
    const older = Object.fromEntries(Object.entries(firstPlan).filter(([member]) => !['subsidy', 'vote', 'standAlone'].includes(member)))
    expect(read(JSON.stringify(older))).toEqual({ ...firstPlan, subsidy: null, vote: null })
  })

  // Whatever is taken is drawn, so that nothing of another shape may come in.
  test.each([
    ['no households', { households: [] }],
    ['households that are none', { households: [null] }],
    ['a household without a floor', { households: [{ id: '101', areaM2: 3 }] }],
    ['a household whose name is a number', { households: [{ id: 101, floor: 1, areaM2: 3 }] }],
    ['a storey that is text', { storeys: '7' }],
    ['no knobs', { knobs: null }],
    ['knobs that are text', { knobs: { ...firstPlan.knobs, fromFloor: '2' } }],
    ['no schemes', { schemes: [] }],
    ['a scheme of a kind that is none', { schemes: [{ id: 'a', kind: 'dice' }] }],
    ['a ready scheme without a rule', { schemes: [{ id: 'a', kind: 'ready', name: 'A' }] }],
    ['costs that are none', { costs: [3] }],
    ['a cost in letters', { costs: [{ id: 'lift', name: 'Lift', category: 'equipment', amountFen: '1' }] }],
    ['somebody exempt who is a number', { exempt: [1] }],
    ['compensation for nobody', { compensation: [{}] }],
    ['sources that are none', { sources: ['gift'] }],
    ['a subsidy that is none', { subsidy: 'shanghai' }],
  ])('refuses %s', (_, part) => expect(read(JSON.stringify({ ...firstPlan, ...part }))).toBeNull())
})
