import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import type { ComparisonRequest, Schemas } from '../src/api/client'
import { csvRows, sheetRows } from './files'
import { answerTo, fenOf, fill, languages, listen, openStart, openWhy, plans, settled, words } from './opened'

interface Row {
  household: string
  cells: string[]
}

/** The table of all households, as it stands in the page; what a narrow screen has closed is there too. */
async function table(page: Page): Promise<{ head: string[]; rows: Row[]; foot: string[][] }> {
  return page.locator('section.all table').evaluate((element) => ({
    head: [...element.querySelectorAll('thead th')].map((cell) => cell.textContent),
    rows: [...element.querySelectorAll('tbody tr:not(.floorHead)')].map((row) => ({
      household: row.querySelector('th a')!.textContent,
      cells: [...row.querySelectorAll('td')].map((cell) => cell.textContent),
    })),
    foot: [...element.querySelectorAll('tfoot tr')].map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)),
  }))
}

for (const [name, plan] of Object.entries(plans)) {
  test(`Every amount is the program's, to the fen: ${name}`, async ({ page }) => {
    const asked = listen(page)
    await openStart(page, { plan, mine: '702' })
    const { request, result } = await answerTo(page, asked)
    const { households } = request.building
    const texts = words['zh-CN']

    const shown = await table(page)
    expect(shown.head).toHaveLength(3 + result.schemes.length)
    expect(shown.rows.map((row) => row.household).sort()).toEqual(households.map((household) => household.id).sort())
    for (const row of shown.rows) {
      const position = households.findIndex((household) => household.id === row.household)
      const { floor, areaM2 } = households[position]!
      expect(row.cells.slice(0, 2)).toEqual([fill(texts.floor, { floor }), `${areaM2} m²`])
      expect(row.cells.slice(2).map(fenOf), row.household).toEqual(result.schemes.map((scheme) => scheme.shares[position]!.amountFen))
    }
    // What all bills come to, and what was taken off of it above, so that each column adds up for whoever checks it.
    const taken = (['compensationFen', 'reliefFen'] as const).filter((member) => result.schemes.some((scheme) => scheme[member] > 0))
    expect(shown.foot.map((row) => row.map(fenOf))).toEqual([
      result.schemes.map((scheme) => scheme.billedFen),
      ...taken.map((member) => result.schemes.map((scheme) => 0 - scheme[member])),
    ])
    result.schemes.forEach((_, k) => {
      const column = shown.rows.reduce((sum, row) => sum + fenOf(row.cells[2 + k]!), 0)
      expect(column).toBe(shown.foot.reduce((sum, row) => sum + fenOf(row[k]!), 0))
    })

    const mine = households.findIndex((household) => household.id === '702')
    const bills = await page.locator('.bills .amount').allTextContents()
    expect(bills.map((text) => fenOf(text.replace(texts.yuan, '')))).toEqual(result.schemes.map((scheme) => scheme.shares[mine]!.amountFen))

    const floors = [...new Set(households.map((household) => household.floor))].sort((a, b) => b - a)
    const ranges = await page.locator('section:has(#floors) svg .barValue').allTextContents()
    expect(ranges.map((text) => text.split('–').map(fenOf))).toEqual(
      floors.flatMap((floor) =>
        result.schemes.map((scheme) => {
          const amounts = households.flatMap((household, i) => (household.floor === floor ? [scheme.shares[i]!.amountFen] : []))
          return [...new Set([Math.min(...amounts), Math.max(...amounts)])]
        }),
      ),
    )

    const pieces = await page.locator('section:has(#waterfall) svg text.strong').allTextContents()
    const money = [result.funding.totalCostFen, ...result.funding.sources.map((source) => source.amountFen), result.funding.selfFundedFen]
    expect(pieces.map((text) => fenOf(text.replace(texts.yuan, '')))).toEqual(money)
    const told = await page.locator('section:has(#waterfall) svg').getAttribute('aria-label')
    expect(told!.split('；').map((text) => fenOf(/ (\S+) \S+$/.exec(text)![1]!))).toEqual(money)
  })
}

test('What is shown follows every input', async ({ page }) => {
  const texts = words['zh-CN']
  const asked = listen(page)
  await openStart(page)
  const first = await table(page)
  await page.getByRole('slider', { name: texts.knobs.step }).press('ArrowRight')
  await page.getByLabel('井道土建（元）').fill('２５１，２３４．５６')
  await page.getByLabel(texts.knobs.unit).selectOption('1')
  await settled(page)
  const { request, result } = await answerTo(page, asked)
  expect(request.costs[1]!.amountFen).toBe(25_123_456)
  const shown = await table(page)
  expect(shown.rows).not.toEqual(first.rows)
  shown.rows.forEach((row, i) => expect(row.cells.slice(2).map(fenOf)).toEqual(result.schemes.map((scheme) => scheme.shares[i]!.amountFen)))
})

test('A table that the program refuses to save is told with its reason', async ({ page }) => {
  await openStart(page)
  await page.route('**/api/v1/comparisons?format=xlsx', (route) => {
    const request = route.request().postDataJSON() as ComparisonRequest
    return route.continue({ postData: JSON.stringify({ ...request, costs: [] }) })
  })
  await page.getByRole('button', { name: words['zh-CN'].share.xlsx, exact: true }).click()
  await expect(page.locator('section.share [role=status]')).toContainText('应为 1 到 200 项')
})

for (const [name, plan] of Object.entries(plans)) {
  test(`Saved as csv and as xlsx, the amounts are those of the page and of the program: ${name}`, async ({ page }) => {
    const texts = words['zh-CN']
    const asked = listen(page)
    await openStart(page, { plan })
    const { request, result } = await answerTo(page, asked)
    const shown = await table(page)
    for (const [format, rowsOf] of [
      ['csv', csvRows],
      ['xlsx', sheetRows],
    ] as const) {
      const saved = page.waitForEvent('download')
      await page.getByRole('button', { name: texts.share[format], exact: true }).click()
      const download = await saved
      expect(download.suggestedFilename()).toBe(`${texts.share.fileName}.${format}`)
      const [head, ...rows] = rowsOf(await readFile((await download.path())!))
      expect(rows).toHaveLength(request.building.households.length)
      // A scheme that gives back has a column for that behind its amounts.
      const columns = request.schemes.map(({ name }) => head!.findIndex((heading) => heading.startsWith(`${name}（`)))
      expect(columns).not.toContain(-1)
      for (const [i, household] of request.building.households.entries()) {
        const row = rows[i]!
        expect(row.slice(0, 3)).toEqual([household.id, String(household.floor), String(household.areaM2)])
        const fen = columns.map((column) => fenOfFile(row[column]!))
        expect(fen, household.id).toEqual(result.schemes.map((scheme) => scheme.shares[i]!.amountFen))
        const cells = shown.rows.find((one) => one.household === household.id)!.cells
        expect(cells.slice(2).map(fenOf), household.id).toEqual(fen)
      }
    }
  })
}

/** Whole fen of an amount as files have it: a point, no commas, a minus of its own sign. */
function fenOfFile(text: string): number {
  const parts = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text)
  if (!parts) throw new Error(`“${text}” is no amount.`)
  return (parts[1] ? -1 : 1) * (Number(parts[2]) * 100 + Number((parts[3] ?? '').padEnd(2, '0')))
}

for (const language of languages) {
  test(`Why a household pays is told in the program's own steps: ${language}`, async ({ page }) => {
    const asked: { url: string; body: unknown }[] = []
    page.on('request', (request) => {
      if (request.url().includes('/api/v1/explanations')) asked.push({ url: request.url(), body: request.postDataJSON() })
    })
    for (const [household, scheme] of [
      ['701', 'mix'],
      ['底层 甲/2', 'coefficients'],
      ['101', 'area'],
    ] as const) {
      await openWhy(page, household, scheme, { language, plan: plans['a plan with everything'] })
      const { url, body } = asked.at(-1)!
      const answer = await page.request.post(url, { data: body, headers: { 'Accept-Language': language } })
      const told = (await answer.json()) as Schemas['HouseholdExplanation']
      const [explained] = told.schemes
      const compared = await page.request.post('/api/v1/comparisons', { data: body })
      const { schemes } = (await compared.json()) as { schemes: { id: string; shares: { household: string; amountFen: number }[] }[] }
      const amountFen = schemes.find((entry) => entry.id === scheme)!.shares.find((share) => share.household === household)!.amountFen
      expect(told.household).toBe(household)
      expect(explained!.amountFen).toBe(amountFen)
      const amount = await page.locator('.verdict .amount').textContent()
      expect(fenOf(amount!.replace(words[language].yuan, ''))).toBe(amountFen)
      expect(await page.locator('section:has(#share) .steps li').allTextContents()).toEqual(explained!.steps)
      expect(await page.locator('section:has(#money) .steps li').allTextContents()).toEqual(told.funding.flatMap((source) => source.steps))
      const sources = await page.locator('section:has(#money) h3').allTextContents()
      expect(sources.map((text) => fenOf(/ (\S+) \S+$/.exec(text)![1]!))).toEqual(told.funding.map((source) => source.amountFen))
      expect(await page.locator('.closing').textContent()).toBe(explained!.closing)
    }
  })
}
