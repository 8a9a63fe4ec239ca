import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@playwright/test'
import { languages } from './opened'
import { states } from './states'

// Pictures of every page and state, in both languages and widths; `npm run screens` makes them anew.
const folder = join(import.meta.dirname, '../../../docs/screens')
const longest = 3_000

for (const language of languages) {
  for (const { name, reach, part } of states) {
    test(`${name}, ${language}`, async ({ page }, info) => {
      mkdirSync(folder, { recursive: true })
      const path = join(folder, `${name}-${language}-${info.project.name}.png`)
      const { width } = page.viewportSize()!
      await reach(page, language)
      // What sticks while one scrolls would stand in the middle of a long picture.
      await page.addStyleTag({
        content: '.inputs { position: static !important; max-height: none !important; overflow: visible !important }',
      })
      await page.evaluate(() => (document.activeElement as HTMLElement).blur())
      await page.evaluate(() => scrollTo(0, 0))
      const whole = part
        ? (await page.locator(part).boundingBox())!
        : { x: 0, y: 0, width, height: await page.evaluate(() => document.documentElement.scrollHeight) }
      await page.screenshot({
        path,
        fullPage: true,
        animations: 'disabled',
        clip: { ...whole, height: Math.min(longest, whole.height) },
      })
    })
  }
}
