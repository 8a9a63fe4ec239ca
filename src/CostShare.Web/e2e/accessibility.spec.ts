import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { languages } from './opened'
import { states } from './states'

// What WCAG 2.2 asks at level AA, as far as a program can see it.
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']

for (const language of languages) {
  for (const { name, reach, part } of states) {
    test(`axe finds nothing: ${name}, ${language}`, async ({ page }) => {
      await reach(page, language)
      await expect(page.locator('html')).toHaveAttribute('lang', language)
      // No page has frames, and without looking for them it takes half as long.
      const builder = new AxeBuilder({ page }).setLegacyMode().withTags(tags)
      // Where only a part is another than on the start page, that part is looked at.
      const { violations } = await (part ? builder.include(part) : builder).analyze()
      expect(violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' ')}`)).toEqual([])
    })
  }
}
