import { expect, type Locator, type Page, test } from '@playwright/test'
import { firstPlan, type Plan } from '../src/plan/plan'
import { answerTo, group, languages, listen, openGroup, openStart, plans, settled, words } from './opened'

/** What stands beside a field as wrong with it, where a screen reader finds it too. */
async function told(field: Locator): Promise<string> {
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  return field.evaluate((element) => {
    const ids = element.getAttribute('aria-describedby')?.split(' ') ?? []
    return ids
      .map((id) => document.getElementById(id))
      .filter((one) => one?.className.includes('error'))
      .map((one) => one!.textContent)
      .join()
  })
}

/** The faults of the page's last request, as the program words them. */
async function faults(page: Page, change: () => Promise<void>): Promise<{ pointer: string; detail: string }[]> {
  const answered = page.waitForResponse((response) => response.url().includes('/comparisons') && response.status() >= 400)
  await change()
  return ((await (await answered).json()) as { faults: { pointer: string; detail: string }[] }).faults
}

for (const language of languages) {
  const texts = words[language]
  const field = {
    costs: (page: Page) => page.getByLabel(new RegExp(`^${texts.first.works}`)).first(),
    on: (page: Page) => group(page, texts.costs.title).getByLabel(texts.subsidy.on),
    id: (page: Page) => page.getByLabel(texts.households.id).first(),
    floor: (page: Page) => page.getByLabel(texts.households.floor, { exact: true }).first(),
    area: (page: Page) => page.getByLabel(texts.households.area).first(),
    storeys: (page: Page) => page.getByLabel(texts.households.storeys),
  }
  const households = async (page: Page) => {
    await openGroup(page, texts.households.title)
    await group(page, texts.households.title).locator('details.more > summary').first().click()
  }

  for (const [name, field_, value, pointer, reach] of [
    ['a sum that is too large', field.costs, '9999999999999', '/costs', null],
    ['a day without a rule', field.on, '1999-01-01', '/funding/0', null],
    ['a door number that another has', field.id, '102', '/building/households/', households],
    ['no door number', field.id, '', '/building/households/0/id', households],
    ['a floor that the building has not', field.floor, '9', '/building/households/0', households],
    ['an area of nothing', field.area, '0', '/building/households/0/areaM2', households],
    ['too few storeys', field.storeys, '3', '/building/', households],
  ] as const) {
    test(`What is wrong stands beside its field: ${name}, ${language}`, async ({ page }) => {
      await openStart(page, { language })
      if (reach) await reach(page)
      const wrong = await faults(page, () => field_(page).fill(value))
      expect(wrong[0]!.pointer).toContain(pointer)
      // The page tells it in the words of the program, above, and beside the field or the household.
      const place = pointer.startsWith('/building') ? texts.households.title : texts.costs.title
      await expect(page.getByRole('alert').getByRole('listitem').first()).toContainText(place)
      await expect(page.getByRole('alert')).toContainText(wrong[0]!.detail)
      const beside = page.locator('.inputs').getByText(wrong[0]!.detail, { exact: true }).filter({ visible: true }).first()
      await expect(beside).toBeVisible()
      if (/\/0\/(id|areaM2|on)$/.test(wrong[0]!.pointer)) expect(await told(field_(page))).toBe(wrong[0]!.detail)
      await expect(page.locator('.bills li').first()).toBeVisible()
    })
  }

  test(`An amount that is none is told at its field and changes nothing: ${language}`, async ({ page }) => {
    await openStart(page, { language })
    const before = await page.locator('.bills .amount').allTextContents()
    for (const amount of ['二十五万', '12.345', '-5', '1e5', '']) {
      await field.costs(page).fill(amount)
      expect(await told(field.costs(page)), amount).toBe(texts.noAmount)
    }
    await settled(page)
    expect(await page.locator('.bills .amount').allTextContents()).toEqual(before)
    await field.costs(page).fill('¥260,000.5')
    await expect(field.costs(page)).not.toHaveAttribute('aria-invalid', 'true')
    await field.costs(page).blur()
    await expect(field.costs(page)).toHaveValue('260,000.50')
  })
}

test('A request that cannot be computed leaves the last result, and a right one takes its place', async ({ page }) => {
  const texts = words['zh-CN']
  await openStart(page)
  const before = await page.locator('.bills .amount').allTextContents()
  const on = group(page, texts.costs.title).getByLabel(texts.subsidy.on)
  await on.fill('1999-01-01')
  await expect(page.getByRole('alert')).toContainText(texts.problemStale)
  expect(await page.locator('.bills .amount').allTextContents()).toEqual(before)
  await on.fill('2022-06-01')
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('Everything can be added, changed and taken away again', async ({ page }) => {
  const texts = words['zh-CN']
  await openStart(page)
  const plan = () => page.evaluate(() => JSON.parse(localStorage.getItem('costshare.plan')!) as Plan)

  await page.getByRole('button', { name: texts.costs.add }).click()
  await page.getByLabel(`${texts.costs.new}（${texts.yuan}）`).fill('1234.5')
  expect((await plan()).costs.at(-1)).toEqual({ id: 'cost-4', name: texts.costs.new, category: 'other', amountFen: 123_450 })
  await page.locator('details.more > summary', { hasText: texts.costs.new }).click()
  await page.getByRole('button', { name: texts.costs.remove.replace('{{name}}', texts.costs.new) }).click()
  expect((await plan()).costs).toEqual(firstPlan.costs)

  await page.getByLabel(texts.subsidy.city, { exact: true }).selectOption('')
  expect((await plan()).subsidy).toBeNull()
  await page.getByLabel(texts.subsidy.city, { exact: true }).selectOption('shanghai-lift')
  expect((await plan()).subsidy!.policy).toBe('shanghai-lift')

  await openGroup(page, texts.choices.title)
  await page.getByLabel(texts.choices.add).selectOption('ride')
  await group(page, texts.choices.title).getByRole('button', { name: texts.add, exact: true }).click()
  await expect(page.locator('.bills li')).toHaveCount(5)
  await page.getByRole('button', { name: `${texts.choices.remove} ${texts.scheme.equal}` }).click()
  await expect(page.locator('.bills li')).toHaveCount(4)
  expect((await plan()).schemes.map((scheme) => scheme.id)).toEqual(['area', 'coefficients', 'mix', 'ride'])

  await openGroup(page, texts.households.title)
  await page.getByRole('button', { name: texts.households.add }).click()
  expect((await plan()).households.at(-1)).toEqual({ id: '706', floor: 7, areaM2: 52.3 })
  await page.locator('.flats summary').last().click()
  await page.getByLabel(texts.households.joins).last().uncheck()
  await settled(page)
  await expect(page.locator('.flats summary').last()).toContainText(texts.households.out)
  await page.getByRole('button', { name: texts.households.remove.replace('{{id}}', '706') }).click()
  expect((await plan()).households).toEqual(firstPlan.households)

  await openGroup(page, texts.adjustments.title)
  await page.getByLabel(texts.adjustments.addCompensation).selectOption('101')
  await group(page, texts.adjustments.title).getByRole('button', { name: texts.add, exact: true }).last().click()
  await page.getByLabel(texts.adjustments.amount.replace('{{household}}', '101')).fill('15000')
  await page.getByLabel(texts.adjustments.addExempt).selectOption('201')
  await group(page, texts.adjustments.title).getByRole('button', { name: texts.add, exact: true }).first().click()
  await settled(page)
  expect(await plan()).toMatchObject({ exempt: ['201'], compensation: [{ household: '101', amountFen: 1_500_000 }] })
  await expect(page.locator('section.all tr', { hasText: '101' }).locator('td.number').first()).toContainText('−')
})

test('What stands in a field of numbers is what counts, key by key', async ({ page }) => {
  const texts = words['zh-CN']
  await openStart(page)
  const plan = () => page.evaluate(() => JSON.parse(localStorage.getItem('costshare.plan')!) as Plan)
  await openGroup(page, texts.households.title)
  await page.locator('.flats summary').first().click()
  const area = page.getByLabel(texts.households.area).first()
  const counts = async (text: string, areaM2: number) => {
    await expect(area).toHaveValue(text)
    await expect.poll(async () => (await plan()).households[0]!.areaM2).toBe(areaM2)
  }
  await area.focus()
  await page.keyboard.press('End')
  await page.keyboard.press('Backspace')
  await counts('38.', 38)
  await page.keyboard.type('05')
  await counts('38.05', 38.05)
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('00')
  await counts('38.00', 38)
  // Nothing is no number: it is marked, and what counts comes back when the field is left.
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await expect(area).toHaveAttribute('aria-invalid', 'true')
  await area.blur()
  await counts('38', 38)
  const percent = page.getByLabel(texts.knobs.write.replace('{{label}}', texts.knobs.areaPercent))
  await openGroup(page, texts.knobs.title)
  await percent.fill('150')
  await expect(percent).toHaveAttribute('aria-invalid', 'true')
  await percent.blur()
  await expect(percent).toHaveValue('100%')
  expect((await plan()).knobs.areaPercent).toBe(100)
})

test('A building of more storeys is written digit by digit, and its ground floor goes on paying nothing', async ({ page }) => {
  const texts = words['zh-CN']
  const asked = listen(page)
  await openStart(page)
  await openGroup(page, texts.households.title)
  const storeys = page.getByLabel(texts.households.storeys)
  await storeys.selectText()
  await storeys.pressSequentially('12', { delay: 100 })
  await settled(page)
  const { request } = await answerTo(page, asked)
  expect(request.building.storeys).toBe(12)
  expect(request.schemes.find((scheme) => scheme.id === 'coefficients')!.rule).toMatchObject({ coefficients: { 1: 0, 2: 0.5, 12: 3 } })
})

test('A household by another door number keeps what is said of it, and one that is taken away takes no other with it', async ({ page }) => {
  const texts = words['zh-CN']
  await openStart(page, { plan: plans['a plan with everything'], mine: '201' })
  const plan = () => page.evaluate(() => JSON.parse(localStorage.getItem('costshare.plan')!) as Plan)
  await openGroup(page, texts.households.title)
  const at = (await plan()).households.findIndex(({ id }) => id === '201')
  await page.locator('.flats summary').nth(at).click()
  const id = page.locator('.flats > li').nth(at).getByLabel(texts.households.id)
  await id.fill('')
  await id.pressSequentially('2-1', { delay: 50 })
  await settled(page)
  await expect(page.getByRole('alert')).toHaveCount(0)
  expect((await plan()).exempt).toEqual(['2-1'])
  await expect(page.getByLabel(texts.mine.which)).toHaveValue('2-1')

  const many = (await plan()).households.length
  const remove = (name: string) => page.getByRole('button', { name: texts.households.remove.replace('{{id}}', name) })
  await remove('2-1').click()
  // The next one takes its place: closed, so that nothing that was being written is there for it.
  await expect(page.locator('.flats summary').nth(at)).toBeFocused()
  await expect(page.locator('.flats details[open]')).toHaveCount(0)
  expect((await plan()).households).toHaveLength(many - 1)
  expect((await plan()).exempt).toEqual([])
  const { id: next } = (await plan()).households[at]!
  await page.locator('.flats summary').nth(at).click()
  await remove(next).dblclick()
  await settled(page)
  expect((await plan()).households).toHaveLength(many - 2)
  // The own flat is gone, and no other stands in its place.
  await expect(page.getByLabel(texts.mine.which)).toHaveValue('')
  await expect(page.locator('.bills')).toHaveCount(0)
})
