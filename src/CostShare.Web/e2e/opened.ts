import { expect, type Page, type Request } from '@playwright/test'
import type { ComparisonRequest, ComparisonResult } from '../src/api/client'
import { firstPlan, type Plan } from '../src/plan/plan'
import en from '../src/texts/en.json' with { type: 'json' }
import zh from '../src/texts/zh-CN.json' with { type: 'json' }

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

/** What stands on the page, by language. */
export const words = { 'zh-CN': zh, en }

/** A text with its places filled in. */
export const fill = (text: string, values: Record<string, string | number>) =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]))

interface Device {
  language?: Language
  plan?: Plan
  mine?: string
}

/** Gives the device a memory before the page is opened the first time; what the page remembers later stays. */
export async function remember(page: Page, { language = 'zh-CN', plan, mine }: Device) {
  const memory = Object.entries({
    'costshare.language': language,
    'costshare.plan': plan && JSON.stringify(plan),
    'costshare.mine': mine,
  }).filter(([, value]) => value !== undefined) as [string, string][]
  await page.context().addInitScript((entries) => {
    if (localStorage.getItem('test.remembered')) return
    localStorage.setItem('test.remembered', 'yes')
    for (const [key, value] of entries) localStorage.setItem(key, value)
  }, memory)
}

/** Opens the start page and waits for its result. */
export async function openStart(page: Page, device: Device = {}) {
  await remember(page, device)
  await page.goto('/')
  await settled(page)
}

/** Opens the page that says why, and waits for its steps. */
export async function openWhy(page: Page, household: string, scheme: string, device: Device = {}) {
  await remember(page, device)
  await page.goto(`/why/${encodeURIComponent(household)}?scheme=${scheme}`)
  await expect(page.locator('.closing')).toBeVisible()
  // What would change the amount comes a moment later.
  await expect(page.locator('.changes')).toBeVisible()
}

/** Waits until what is shown answers what is asked. */
export async function settled(page: Page) {
  await expect(page.locator('section:has(#floors) svg')).toBeVisible()
  // A change is asked about a moment after it was made.
  await page.waitForTimeout(150)
  await expect(page.locator('.results[aria-busy=false]').first()).toBeVisible()
  // What stands below the first screen is drawn after it.
  await expect(page.locator('section.inputs')).toBeVisible()
  await expect(page.locator('section.share')).toBeVisible()
}

/** Notes every comparison that the page asks for. */
export function listen(page: Page): Request[] {
  const asked: Request[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/api/v1/comparisons')) asked.push(request)
  })
  return asked
}

/** Asks the program itself what the page asked last. */
export async function answerTo(page: Page, asked: Request[]): Promise<{ request: ComparisonRequest; result: ComparisonResult }> {
  const request = asked.at(-1)!.postDataJSON() as ComparisonRequest
  const answer = await page.request.post(asked.at(-1)!.url(), { data: request })
  expect(answer.status()).toBe(200)
  return { request, result: (await answer.json()) as ComparisonResult }
}

/** Whole fen of an amount as it is shown; an amount that is written in another way fails. */
export function fenOf(text: string): number {
  const parts = /^(−?)(\d{1,3}(?:,\d{3})*)(?:\.(\d{2}))?$/.exec(text.trim())
  if (!parts) throw new Error(`“${text}” is no amount.`)
  return (parts[1] ? -1 : 1) * Number(parts[2]!.replaceAll(',', '') + (parts[3] ?? '00'))
}

/** The group of inputs of a title. */
export const group = (page: Page, title: string) =>
  page.locator('details.group', { has: page.locator(':scope > summary', { hasText: title }) })

/** Opens one group of inputs and closes the others. */
export async function openGroup(page: Page, title: string) {
  await page.evaluate(() => document.querySelectorAll<HTMLDetailsElement>('details.group').forEach((details) => (details.open = false)))
  await group(page, title).locator(':scope > summary').click()
}

const crowded: Plan = {
  ...firstPlan,
  // Not in the order of floors, one with a name as people write it, one that does not join.
  households: [
    ...firstPlan.households.slice(30).reverse(),
    ...firstPlan.households.slice(0, 30).map((household, i) => (i === 7 ? { ...household, joins: false } : household)),
    { id: '底层 甲/2', floor: 1, areaM2: 61.07, use: 'shop' },
  ],
  sources: [{ id: '维修资金', kind: 'fixed', amountFen: 1_234_567 }],
  schemes: [
    ...firstPlan.schemes,
    { id: 'ride', kind: 'ride' },
    { id: 'volume', kind: 'ready', name: '楼层乘面积', rule: { kind: 'formula', expression: 'floor * area' } },
  ],
  knobs: { ...firstPlan.knobs, unitFen: 1 },
  exempt: ['201'],
  compensation: [
    { household: '101', amountFen: 1_500_000 },
    { household: '102', amountFen: 3_333_333 },
  ],
}

/** Plans whose numbers differ in kind: what a newcomer sees, one with all that can be set, and a large one. */
export const plans: Record<string, Plan> = {
  'the first plan': firstPlan,
  'a plan with everything': crowded,
  'a plan with stances': {
    ...firstPlan,
    households: firstPlan.households.map((household, i) => ({
      ...household,
      ...(i % 3 === 0 ? { stance: 'yes' as const } : {}),
      ...(i % 5 === 1 ? { stance: 'no' as const, limitFen: 1_000_000 } : {}),
    })),
  },
  'a plan of large amounts': {
    ...firstPlan,
    costs: firstPlan.costs.map((line) => ({ ...line, amountFen: line.amountFen * 9_973 + 77 })),
    knobs: { ...firstPlan.knobs, unitFen: 1 },
  },
}
