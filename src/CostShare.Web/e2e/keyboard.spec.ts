import { expect, type Page, test } from '@playwright/test'
import { openGroup, openStart, openWhy, settled, words } from './opened'
import { openSheet } from './sheet'
import { state } from './states'

const texts = words['zh-CN']

/** Gives every control that a keyboard must reach a number in the order of the page, and tells how many there are. */
async function number(page: Page): Promise<number> {
  return page.evaluate(() => {
    const controls = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex]')].filter(
      (element) =>
        element.tabIndex >= 0 &&
        !(element as HTMLButtonElement).disabled &&
        // Of radios of one name a key reaches the one that is chosen; arrows lead to the others.
        !((element as HTMLInputElement).type === 'radio' && !(element as HTMLInputElement).checked) &&
        element.checkVisibility({ visibilityProperty: true }),
    )
    controls.forEach((element, i) => (element.dataset.stop = String(i)))
    return controls.length
  })
}

interface Stop {
  stop: string | undefined
  what: string
  outlined: boolean
  uncovered: boolean
}

/** What has the focus, whether one sees that, and whether it lies open. */
async function focus(page: Page): Promise<Stop> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement
    // A field of one's own look may be outlined by what stands for it.
    const seen = [element, element.closest<HTMLElement>('label.file')].filter((one) => one !== null)
    const shown = seen.some((one) => {
      const style = getComputedStyle(one)
      return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && style.outlineColor !== 'rgba(0, 0, 0, 0)'
    })
    const target = seen.at(-1)!
    const box = target.getBoundingClientRect()
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, 40) / 2)
    return {
      stop: element.dataset.stop,
      what: `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent.slice(0, 30)}`,
      outlined: shown,
      uncovered: top !== null && (target.contains(top) || top.contains(target)),
    }
  })
}

async function walk(page: Page) {
  const stops = await number(page)
  expect(stops).toBeGreaterThan(3)
  for (let i = 0; i < stops; i++) {
    await page.keyboard.press('Tab')
    // A field of a day has a stop for the year, the month, the day and the calendar.
    for (let parts = 0; parts < 3 && i > 0 && (await focus(page)).stop === String(i - 1); parts++) await page.keyboard.press('Tab')
    const { stop, what, outlined, uncovered } = await focus(page)
    expect.soft({ what, stop, outlined, uncovered }).toEqual({ what, stop: String(i), outlined: true, uncovered: true })
  }
}

test('Every control of the start page is reached in its order, and one sees where one is', async ({ page }) => {
  await openStart(page)
  await walk(page)
})

test('Every control of an opened group is reached in its order', async ({ page }) => {
  await openStart(page)
  await openGroup(page, texts.households.title)
  await page.locator('details.group[open] details.more > summary').first().click()
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.evaluate(() => scrollTo(0, 0))
  // Clicking has moved the place from which the next key goes on.
  await page.locator('a.skip').focus()
  await page.keyboard.press('Shift+Tab')
  await walk(page)
})

test('Every control of the page that says why is reached in its order', async ({ page }) => {
  await openWhy(page, '502', 'mix')
  await walk(page)
})

test('Every control of the page for sheets is reached in its order', async ({ page }) => {
  await state('sheet-faults').reach(page, 'zh-CN')
  await page.locator('a.skip').focus()
  await page.keyboard.press('Shift+Tab')
  await walk(page)
})

test('A table is pasted, corrected and checked by keys alone', async ({ page }) => {
  await openSheet(page, 'households')
  const { sheet, verdict } = texts
  await page.getByRole('radio').first().focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('radio', { name: sheet.for.table })).toBeChecked()
  await page.keyboard.press('Tab')
  await expect(page.getByLabel(sheet.paste)).toBeFocused()
  await page.keyboard.insertText('楼层\t比例\n6\t一半\n5\t64%\n合计\t100%')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  // One is led to what was read, and from there to the cell and to the verdict.
  await expect(page.getByRole('heading', { name: sheet.second })).toBeFocused()
  const cell = page.locator('.cell[aria-invalid=true]')
  while (!(await cell.evaluate((element) => element === document.activeElement))) await page.keyboard.press('Tab')
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText('36')
  const button = page.getByRole('button', { name: sheet.check, exact: true })
  await expect(button).toBeEnabled()
  while (!(await button.evaluate((element) => element === document.activeElement))) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: verdict.title })).toBeFocused()
  await expect(page.getByText(verdict.closes)).toBeVisible()
})

test('All that a hand can do, keys can do', async ({ page }) => {
  await openStart(page)
  const amounts = () => page.locator('.bills .amount').allTextContents()

  // The first stop leads past the head.
  await page.keyboard.press('Tab')
  await expect(page.locator('a.skip')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('#main')).toBeFocused()

  // A slider by arrows, Home and End.
  const step = page.getByRole('slider', { name: texts.knobs.step })
  const before = await amounts()
  await step.focus()
  await page.keyboard.press('ArrowRight')
  await expect(step).toHaveAttribute('aria-valuenow', '30')
  await expect(step).toHaveAttribute('aria-valuetext', '0.3')
  await settled(page)
  expect(await amounts()).not.toEqual(before)
  await page.keyboard.press('ArrowLeft')
  await expect(step).toHaveAttribute('aria-valuenow', '25')
  await settled(page)
  expect(await amounts()).toEqual(before)
  await page.keyboard.press('Home')
  await expect(step).toHaveAttribute('aria-valuenow', '0')
  await page.keyboard.press('End')
  await expect(step).toHaveAttribute('aria-valuenow', '100')

  // A group opened and something in it done.
  const summary = page.locator('details.group > summary', { hasText: texts.adjustments.title })
  await summary.focus()
  await page.keyboard.press('Enter')
  const exempt = page.getByLabel(texts.adjustments.addExempt)
  await exempt.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(exempt).toHaveValue('102')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.locator('.groupBody .choices', { hasText: '102' })).toBeVisible()

  // One's own flat, why, and back.
  await page.getByLabel(texts.mine.which).focus()
  await page.keyboard.type('702')
  await expect(page.getByLabel(texts.mine.which)).toHaveValue('702')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.locator('.verdict')).toContainText('702')
  await page.getByRole('link', { name: texts.back }).focus()
  await page.keyboard.press('Enter')
  await settled(page)

  // The language.
  await page.getByRole('button', { name: 'English' }).focus()
  await page.keyboard.press('Space')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
})
