import { expect, type Page, test } from '@playwright/test'
import { languages } from './opened'
import { state, states } from './states'

/** Letters that cannot be read: cut off, beyond the edge, or one over the other. */
async function unreadable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = []
    const wide = document.documentElement.clientWidth
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const placed: { text: string; owner: Element; box: DOMRect }[] = []
    while (walker.nextNode()) {
      const node = walker.currentNode
      const owner = node.parentElement!
      const text = node.textContent!.trim()
      if (
        !text ||
        owner.closest('.unseen, .skip, script, noscript, style, option, title') ||
        !owner.checkVisibility({ visibilityProperty: true })
      )
        continue
      // Below 40 rem the heads of columns stand at each figure instead.
      if (owner.closest('thead') && getComputedStyle(owner.closest('thead')!).clipPath !== 'none') continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const box of range.getClientRects()) {
        if (box.width < 1 || box.height < 1) continue
        placed.push({ text: text.slice(0, 30), owner, box })
        let inBox = false
        for (let around: Element | null = owner; around && around !== document.body; around = around.parentElement) {
          if (getComputedStyle(around).overflowX === 'visible' && getComputedStyle(around).overflowY === 'visible') continue
          const edge = around.getBoundingClientRect()
          const scrolls = /auto|scroll/.test(getComputedStyle(around).overflowY)
          // A table of figures may be scrolled in its own box.
          if (scrolls && around.matches('.sheet, .readingTable')) {
            inBox = true
            continue
          }
          const outside =
            box.left < edge.left - 1 || box.right > edge.right + 1 || (!scrolls && (box.top < edge.top - 2 || box.bottom > edge.bottom + 2))
          if (outside && !inBox) faults.push(`cut off: ${text.slice(0, 30)}`)
        }
        if (!inBox && (box.left < -1 || box.right > wide + 1)) faults.push(`beyond the edge: ${text.slice(0, 30)}`)
      }
    }
    // Letters of a line are as high as the line, so that a little of one may lie over the other.
    for (const [i, one] of placed.entries())
      for (const other of placed.slice(i + 1)) {
        if (one.owner === other.owner || one.owner.closest('.inputs') !== other.owner.closest('.inputs')) continue
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
        if (across > 2 && down > 0.35 * Math.min(one.box.height, other.box.height))
          faults.push(`one over the other: ${one.text} / ${other.text}`)
      }
    // What stands in a field, and what a select shows.
    for (const field of document.querySelectorAll<HTMLInputElement | HTMLSelectElement>(
      'input:not([type=file], [type=checkbox], [type=radio]), select',
    )) {
      if (!field.checkVisibility()) continue
      const style = getComputedStyle(field)
      if (parseFloat(style.lineHeight) > field.clientHeight + 1 || parseFloat(style.fontSize) > field.clientHeight)
        faults.push(`a field too low: ${field.value}`)
    }
    return [...new Set(faults)]
  })
}

const sideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

// Every state once, each language by turns: what a letter needs goes by its size, and both are long somewhere.
const looked = states.filter(({ name }) => !name.endsWith('loading'))

test.describe('narrow', () => {
  test.use({ viewport: { width: 320, height: 640 }, isMobile: false, hasTouch: false })
  for (const language of languages) {
    for (const { name, reach } of looked) {
      test(`Nothing scrolls sideways at 320 px: ${name}, ${language}`, async ({ page }) => {
        await reach(page, language)
        expect(await sideways(page)).toBeLessThanOrEqual(0)
        expect(await unreadable(page)).toEqual([])
      })
    }
  }
})

const enlarged = {
  'letters of 200 %': 'html { font-size: 200% !important }',
  'text zoom of 200 %, as chat programs have it': 'html { -webkit-text-size-adjust: 200% !important; text-size-adjust: 200% !important }',
  'the spacing of WCAG 1.4.12':
    '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
}

for (const name of ['start-everything', 'start-costs', 'start-households', 'start-no-amount', 'why', 'sheet-faults', 'sheet-open']) {
  for (const language of languages) {
    test(`Nothing is cut off or covered where letters are larger: ${name}, ${language}`, async ({ page, isMobile }) => {
      await state(name).reach(page, language)
      const before = await heights(page)
      expect(Object.keys(before).length).toBeGreaterThan(10)
      for (const [how, style] of Object.entries(enlarged)) {
        // Only browsers of phones have a text zoom.
        if (how.startsWith('text zoom') && !isMobile) continue
        const tag = await page.addStyleTag({ content: style })
        await page.waitForTimeout(300)
        expect.soft(await sideways(page), how).toBeLessThanOrEqual(0)
        expect.soft(await unreadable(page), how).toEqual([])
        if (how.includes('200 %')) {
          const after = await heights(page)
          expect
            .soft(
              Object.keys(before).filter((text) => after[text]! < 1.9 * before[text]!),
              `not larger with ${how}`,
            )
            .toEqual([])
        }
        await tag.evaluate((element) => (element as Element).remove())
        await page.waitForTimeout(100)
      }
    })
  }
}

/** How high the letters of each text are as they are drawn; those of pictures too. */
async function heights(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => {
    const found: Record<string, number> = {}
    for (const element of document.querySelectorAll('h1, h2, h3, p, li, summary, td, th, label, button, a, text, output, option')) {
      const node = [...element.childNodes].find((child) => child.nodeType === Node.TEXT_NODE && child.textContent!.trim() !== '')
      if (!node || element.matches('.skip, .unseen') || !element.checkVisibility()) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const height = range.getClientRects()[0]?.height ?? 0
      if (height > 4) found[`${element.tagName} ${element.textContent.slice(0, 20)}`] ??= height
    }
    return found
  })
}
