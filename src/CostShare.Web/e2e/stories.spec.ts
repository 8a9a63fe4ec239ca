import { expect, type Locator, test } from '@playwright/test'
import { openStart, plans, settled, words } from './opened'

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

// These wait for the page that reads sheets.
test.fixme('A volunteer pastes 35 rows, corrects two bad cells and gets four schemes', async () => {})
test.fixme('A doubter pastes a table that sums to 102 and is told', async () => {})
