import { readFile } from 'node:fs/promises'
import { expect, type Locator, test } from '@playwright/test'
import type { Schemas } from '../src/api/client'
import { answerTo, fenOf, fill, languages, listen, openStart, plans, settled, words } from './opened'
import { check, lettersOf, oldWorkbook, openSheet, paste, reading, ugly } from './sheet'

const texts = words['zh-CN']

test('A resident finds own amount and its reason within three taps of opening the page', async ({ page }) => {
  let taps = 0
  const tap = async (target: Locator) => {
    taps++
    await target.click()
  }
  await openStart(page)
  // A list opens at the first tap and takes the second.
  taps += 2
  await page.getByLabel(texts.mine.which).selectOption('702')
  const amount = (await page.locator('.bills .amount').nth(3).textContent())!
  await tap(page.getByRole('link', { name: texts.mine.why }).nth(3))
  await expect(page.locator('.verdict')).toContainText('702')
  const told = await page.locator('.verdict .amount').textContent()
  expect(told!.replace('.00', '')).toBe(amount)
  await expect(page.locator('.steps li').first()).toBeVisible()
  await expect(page.locator('.closing')).toBeVisible()
  expect(taps).toBeLessThanOrEqual(3)

  // The next time the page knows the flat, and one tap is enough.
  await page.goto('/')
  await settled(page)
  await expect(page.getByLabel(texts.mine.which)).toHaveValue('702')
  await page.getByRole('link', { name: texts.mine.why }).first().click()
  await expect(page.locator('.verdict')).toContainText('702')
})

test('Every household of the table leads to why it pays', async ({ page }) => {
  await openStart(page, { plan: plans['a plan with everything'] })
  // A narrow screen shows a floor at a time.
  await page
    .locator('.floorHead button[aria-expanded=false]:visible')
    .evaluateAll((all) => all.forEach((one) => (one as HTMLElement).click()))
  await page.getByRole('link', { name: '底层 甲/2', exact: true }).click()
  await expect(page.locator('h1')).toContainText('底层 甲/2')
  await expect(page.locator('.closing')).toBeVisible()
})

test('What was corrected stays when the language changes and when the page is loaded anew', async ({ page }) => {
  await openSheet(page, 'households')
  await paste(page, await lettersOf('25-two-bad-cells.txt'))
  await reading(page)
  const area = (of: typeof texts) => page.getByLabel(fill(of.sheet.cell, { line: 13, name: of.households.area }))
  await area(texts).fill('38.61')
  await page.getByRole('button', { name: 'English' }).click()
  const english = words.en
  const floor = page.getByLabel(fill(english.sheet.cell, { line: 25, name: english.households.floor }))
  // What is wrong is told in the other language too.
  await expect(floor).toHaveAccessibleDescription(/line 25/)
  await expect(area(english)).toHaveValue('38.61')
  await page.reload()
  await expect(area(english)).toHaveValue('38.61')
  await expect(floor).toHaveValue('五楼半')
  await expect(page.getByRole('alert')).toHaveText(fill(english.sheet.open, { count: 1 }))
  await floor.fill('5')
  await page.getByRole('button', { name: fill(english.sheet.use, { count: 35 }) }).click()
  await settled(page)
  // It was used, and is not offered again.
  await page.goto('/sheet')
  await expect(page.getByRole('textbox').first()).toBeVisible()
  await expect(page.locator('.cell')).toHaveCount(0)
})

test('A volunteer pastes 35 rows, corrects two bad cells and gets four schemes', async ({ page }) => {
  await openSheet(page, 'households')
  const letters = await lettersOf('25-two-bad-cells.txt')
  await paste(page, letters)
  await reading(page)
  const use = page.getByRole('button', { name: fill(texts.sheet.use, { count: 35 }) })
  await expect(page.getByText(fill(texts.sheet.rows, { count: 35 }))).toBeVisible()
  await expect(page.getByRole('alert')).toHaveText(fill(texts.sheet.open, { count: 2 }))
  await expect(use).toBeDisabled()

  // Both stand as they stood, each with what is wrong beside it; the others are as they were.
  const bad = page.locator('.cell[aria-invalid=true]')
  await expect(bad).toHaveCount(2)
  const area = page.getByLabel(fill(texts.sheet.cell, { line: 13, name: texts.households.area }))
  const floor = page.getByLabel(fill(texts.sheet.cell, { line: 25, name: texts.households.floor }))
  await expect(area).toHaveValue('38.6左右')
  await expect(area).toHaveAccessibleDescription(/第 13 行，面积/)
  await expect(floor).toHaveValue('五楼半')
  await expect(floor).toHaveAccessibleDescription(/第 25 行，楼层/)
  await area.fill('３８.6')
  await expect(page.getByRole('alert')).toHaveText(fill(texts.sheet.open, { count: 1 }))
  await floor.fill('5')
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expect(bad).toHaveCount(0)

  const asked = listen(page)
  await use.click()
  await settled(page)
  await expect(page).toHaveURL('/')
  expect(await page.evaluate(() => scrollY)).toBe(0)
  const { request, result } = await answerTo(page, asked)
  const wanted = letters
    .trim()
    .split('\n')
    .slice(1, -1)
    .map((line) => line.trim().split('\t'))
    .map(([id, on, m2]) => ({ id, floor: on === '五楼半' ? 5 : Number(on), areaM2: parseFloat(m2!) }))
  expect(wanted).toHaveLength(35)
  expect(request.building).toEqual({ storeys: 7, households: wanted })
  expect(result.schemes).toHaveLength(4)
  await expect(page.locator('section.all tbody tr:not(.floorHead)')).toHaveCount(35)
  await expect(page.locator('.bills li')).toHaveCount(4)
  const row = page.locator('section.all tbody tr', { has: page.getByRole('link', { name: '504', exact: true, includeHidden: true }) })
  const position = wanted.findIndex(({ id }) => id === '504')
  expect((await row.locator('td.number').allTextContents()).map(fenOf)).toEqual(
    result.schemes.map((scheme) => scheme.shares[position]!.amountFen),
  )
  // What was brought in is there after a reload.
  await page.reload()
  await settled(page)
  await expect(page.locator('section.all tbody tr:not(.floorHead)')).toHaveCount(35)
  await expect(page.getByLabel(texts.mine.which).locator('option')).toHaveText(wanted.map(({ id }) => id!))
})

for (const language of languages) {
  test(`A doubter pastes a table that sums to 102 and is told, by how much and for whom: ${language}`, async ({ page }) => {
    const told = words[language]
    await openSheet(page, 'table', language)
    const checked = page.waitForResponse('**/api/v1/tables/check')
    await page.getByLabel(told.sheet.total).waitFor({ state: 'detached' })
    await paste(page, await lettersOf('24-shanghai-102.txt'), language)
    await reading(page, language)
    await page.getByLabel(told.sheet.total).fill('480000')
    await page.getByRole('button', { name: told.sheet.check, exact: true }).click()
    const answer = (await (await checked).json()) as Schemas['TableCheckResult']
    const verdict = page.locator('section', { has: page.locator('#verdict') })
    await expect(verdict.getByRole('status')).toHaveText(told.verdict.open)
    expect(answer.closes).toBe(false)
    const sentences = answer.checks.map((check) => (language === 'en' ? check.sentence.en : check.sentence.zh))
    await expect(verdict.locator('li')).toHaveText(sentences)
    // 102 of 100, and what two per cent of 480,000 yuan are.
    const wrong = await verdict.locator('li.wrong').allTextContents()
    expect(wrong.join()).toContain('102')
    expect(wrong.join()).toContain('9,600')
    await expect(page.locator('#verdict')).toBeFocused()

    // Row by row what the program answered, to the fen.
    const rows = await verdict
      .locator('tbody tr')
      .evaluateAll((all) => all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)))
    expect(rows.map((cells) => cells.map(fenOf))).toEqual(
      answer.nearest.rows.map((row) => [row.tableFen, row.schemeFen, row.differenceFen]),
    )

    // Corrected where it stands, it adds up.
    await page.getByLabel(fill(told.sheet.cell, { line: 7, name: told.sheet.column.percent })).fill('35')
    await page.getByLabel(fill(told.sheet.cell, { line: 8, name: told.sheet.column.percent })).fill('100')
    await page.getByRole('button', { name: told.sheet.check, exact: true }).click()
    await expect(verdict.getByRole('status')).toHaveText(told.verdict.closes)
  })
}

test('A workbook is uploaded, and what was read of merged cells is told', async ({ page }) => {
  await openSheet(page, 'table')
  await page.locator('label.file input').setInputFiles(ugly('12-merged-headings.xlsx'))
  await reading(page)
  await expect(page.getByText(fill(texts.sheet.rows, { count: 4 }))).toBeVisible()
  await page.locator('section:has(#reading) summary').click()
  await expect(page.getByText('A4:A5：合并的单元格，每一格都读作“一楼”。')).toBeVisible()
  await expect(page.getByText(texts.sheet.unread.replace('{{heading}}', '备注'))).toBeVisible()
  await expect(page.getByLabel(texts.sheet.total)).toHaveValue('10,000')
  const amounts = page.getByLabel(new RegExp(texts.sheet.column.amountFen.replace(/[()]/g, '.')))
  await expect(amounts.nth(2)).toHaveValue('4,000')
  await page.getByRole('button', { name: texts.sheet.check, exact: true }).click()
  await expect(page.locator('section:has(#verdict)').getByRole('status')).toHaveText(texts.verdict.closes)
})

test('What one pays for each household is checked as such', async ({ page }) => {
  await openSheet(page, 'table')
  const sent = page.waitForRequest('**/api/v1/tables/check')
  await check(page, await lettersOf('27-each-household.txt'))
  expect((await sent).postDataJSON()).toMatchObject({ valuesFor: 'household' })
})

test('What was found in a table goes with a correction of it, and a sum that is none is not checked', async ({ page }) => {
  await openSheet(page, 'table')
  await page.locator('label.file input').setInputFiles(ugly('12-merged-headings.xlsx'))
  await reading(page)
  const check = page.getByRole('button', { name: texts.sheet.check, exact: true })
  await check.click()
  await expect(page.locator('#verdict')).toBeVisible()
  await page.getByLabel(texts.sheet.total).fill('1万')
  await expect(check).toBeDisabled()
  await page.getByLabel(texts.sheet.total).fill('10000')
  await expect(page.locator('#verdict')).toHaveCount(0)
  await check.click()
  await expect(page.locator('#verdict')).toBeVisible()
  await page.locator('.cell').nth(1).fill('41')
  await expect(page.locator('#verdict')).toHaveCount(0)
})

test('Of a workbook of several sheets another can be read', async ({ page }) => {
  await openSheet(page, 'households')
  await page.locator('label.file input').setInputFiles(ugly('18-two-sheets.xlsx'))
  await reading(page)
  const which = page.getByLabel(texts.sheet.which)
  const names = await which.locator('option').allTextContents()
  expect(names.length).toBeGreaterThan(1)
  const asked = page.waitForRequest('**/api/v1/sheets/reading*')
  const other = (await which.inputValue()) === '1' ? '2' : '1'
  await which.selectOption(other)
  expect((await asked).url()).toContain(`sheet=${other}`)
})

test('What cannot be read and cannot be corrected on the page is told', async ({ page }) => {
  await openSheet(page, 'households')
  await page.locator('label.file input').setInputFiles(ugly('17-numbers-as-text.xlsx'))
  await reading(page)
  for (const told of ['D5（第 5 行，参加）', 'E5（第 5 行，用途）'])
    await expect(page.getByRole('alert').filter({ hasText: told })).toBeVisible()
})

test('A file that is not read tells why, and nothing is lost', async ({ page }) => {
  await openSheet(page, 'households')
  await page.getByLabel(texts.sheet.paste).fill('501\t5\t78.4')
  const answered = page.waitForResponse('**/api/v1/sheets/reading*')
  await page.locator('label.file input').setInputFiles(oldWorkbook)
  const { faults } = (await (await answered).json()) as Schemas['Problem']
  expect(faults).toHaveLength(1)
  await expect(page.getByRole('alert')).toHaveText(faults[0]!.detail)
  await expect(page.getByRole('alert')).toContainText('xlsx')
  await expect(page.getByLabel(texts.sheet.paste)).toHaveValue('501\t5\t78.4')
  await page.reload()
  await expect(page.getByLabel(texts.sheet.paste)).toHaveValue('501\t5\t78.4')
})

test('The empty sheets that are given out can be read as they are', async ({ page }) => {
  for (const purpose of ['households', 'table'] as const) {
    await openSheet(page, purpose)
    const downloaded = page.waitForEvent('download')
    await page.getByRole('link', { name: texts.sheet.template }).click()
    const path = (await (await downloaded).path())!
    expect((await readFile(path)).subarray(0, 2).toString()).toBe('PK')
    await page.locator('label.file input').setInputFiles({
      name: 'costshare.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: await readFile(path),
    })
    await reading(page)
    await expect(page.locator('.cell[aria-invalid=true]')).toHaveCount(0)
  }
})

test('Without a connection a sheet is not read, says so, and is read when it is back', async ({ page, context }) => {
  await openSheet(page, 'households')
  await context.setOffline(true)
  await paste(page, '门牌\t楼层\t面积\n501\t5\t78.4')
  await expect(page.getByRole('alert')).toHaveText(texts.sheet.offline)
  await context.setOffline(false)
  await page.getByRole('button', { name: texts.sheet.read, exact: true }).click()
  await reading(page)
})
