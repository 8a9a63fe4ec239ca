import { expect, type Page } from '@playwright/test'
import { firstPlan, type Plan } from '../src/plan/plan'
import { lettersOf, oldWorkbook, openSheet, paste, reading, ugly } from './sheet'
import { group, type Language, openGroup, openStart, openWhy, plans, remember, settled, words } from './opened'

/** What a page can look like, and how a reader comes to it. */
export interface State {
  /** The page and what is special about it, as it stands in the names of pictures. */
  name: string
  reach: (page: Page, language: Language) => Promise<void>
  /** Where it differs from the start page, where only a part of it does. */
  part?: string
}

const inputs = 'section.inputs'

const firstWhy = { household: '502', scheme: 'mix' } as const

/** The start page with one group of inputs open, or also the first thing in it. */
const groupOpen = (
  name: string,
  title: 'knobs' | 'costs' | 'choices' | 'households' | 'adjustments' | 'vote',
  { plan, more }: { plan?: Plan; more?: boolean } = {},
): State => ({
  name,
  reach: async (page, language) => {
    await openStart(page, { language, plan })
    await openGroup(page, words[language][title].title)
    if (more) await group(page, words[language][title].title).locator('details.more > summary').first().click()
  },
  part: inputs,
})

/** Every page and state. */
export const states: State[] = [
  { name: 'start', reach: (page, language) => openStart(page, { language }) },
  {
    name: 'start-everything',
    reach: async (page, language) => {
      await openStart(page, { language, plan: plans['a plan with everything'], mine: '702' })
      await page.evaluate(() => document.querySelectorAll<HTMLDetailsElement>('.facts details').forEach((details) => (details.open = true)))
      await page
        .locator('.floorHead button[aria-expanded=false]:visible')
        .evaluateAll((all) => all.forEach((one) => (one as HTMLElement).click()))
    },
  },
  {
    name: 'start-loading',
    reach: async (page, language) => {
      await remember(page, { language })
      // An answer that does not come.
      await page.route('**/api/v1/comparisons*', () => {})
      await page.goto('/')
      await expect(page.locator('.results [role=status]')).toBeVisible()
    },
  },
  groupOpen('start-sharing', 'knobs'),
  groupOpen('start-costs', 'costs', { more: true }),
  groupOpen('start-schemes', 'choices', { plan: plans['a plan with everything'] }),
  groupOpen('start-households', 'households', { plan: plans['a plan with everything'], more: true }),
  groupOpen('start-adjustments', 'adjustments', { plan: plans['a plan with everything'] }),
  {
    name: 'start-problem',
    reach: async (page, language) => {
      const texts = words[language]
      await openStart(page, { language })
      // Two things that only the program knows to be wrong: a floor that is not there, and a sum that is too large.
      await page.getByLabel(new RegExp(`^${words[language].first.works}`)).fill('99999999999')
      await openGroup(page, texts.households.title)
      await group(page, texts.households.title).locator('details.more > summary').first().click()
      await page.getByLabel(texts.households.id).first().fill('')
      await group(page, texts.costs.title).locator(':scope > summary').click()
      await expect(page.locator('.notice[role=alert] li').first()).toBeVisible()
    },
  },
  {
    name: 'start-link',
    reach: async (page, language) => {
      await openStart(page, { language, plan: plans['a plan of large amounts'] })
      // Of a small building in which the own flat is not.
      const small: Plan = { ...firstPlan, storeys: 2, households: firstPlan.households.slice(0, 10) }
      await page.goto(`/#j${Buffer.from(JSON.stringify(small)).toString('base64url')}`)
      await settled(page)
      await expect(page.getByText(words[language].share.other)).toBeVisible()
    },
  },
  {
    name: 'start-link-cut',
    reach: async (page, language) => {
      await openStart(page, { language })
      await page.goto('/#zAAAA')
      await expect(page.locator('.notice[role=alert]')).toBeVisible()
    },
    part: '.notice',
  },
  {
    name: 'start-vote',
    reach: async (page, language) => {
      await openStart(page, { language, plan: plans['a plan with stances'] })
      await page.locator('.votes summary').first().click()
    },
    part: 'section:has(#vote)',
  },
  groupOpen('start-vote-rule', 'vote'),
  groupOpen('start-each-floor', 'knobs', { more: true }),
  {
    name: 'start-changes',
    reach: async (page, language) => {
      await openStart(page, { language })
      await page.getByRole('button', { name: words[language].changes.show }).click()
      await expect(page.locator('.changes li').first()).toBeVisible()
    },
    part: 'section:has(#changes)',
  },
  {
    name: 'start-no-amount',
    reach: async (page, language) => {
      await openStart(page, { language })
      await openGroup(page, words[language].costs.title)
      await page.getByLabel(new RegExp(`^${words[language].first.works}`)).fill('二十五万')
      await expect(page.getByText(words[language].noAmount)).toBeVisible()
    },
    part: inputs,
  },
  {
    name: 'start-offline',
    reach: async (page, language) => {
      await openStart(page, { language })
      await page.context().setOffline(true)
      await page.getByRole('slider', { name: words[language].knobs.step }).press('ArrowRight')
      await expect(page.locator('.notice[role=alert]')).toBeVisible()
    },
  },
  {
    name: 'start-by-hand',
    reach: async (page, language) => {
      await openStart(page, { language })
      // A browser that does not let a page copy.
      await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
      await page.getByRole('button', { name: words[language].share.text }).click()
      await expect(page.getByRole('textbox', { name: words[language].share.byHand })).toBeVisible()
    },
    part: 'section.share',
  },
  {
    name: 'why',
    reach: (page, language) => openWhy(page, firstWhy.household, firstWhy.scheme, { language }),
  },
  {
    name: 'why-loading',
    reach: async (page, language) => {
      await remember(page, { language })
      await page.route('**/api/v1/explanations*', () => {})
      await page.goto('/why/502')
      await expect(page.locator('main [role=status]')).toBeVisible()
    },
  },
  {
    name: 'why-offline',
    reach: async (page, language) => {
      await openWhy(page, firstWhy.household, firstWhy.scheme, { language })
      await page.context().setOffline(true)
      await page.getByLabel(words[language].why.scheme).selectOption('area')
      await expect(page.locator('.notice[role=alert]')).toBeVisible()
    },
  },
  {
    name: 'why-problem',
    reach: async (page, language) => {
      await remember(page, { language, plan: { ...firstPlan, storeys: 5 } })
      await page.goto(`/why/502?scheme=mix`)
      await expect(page.locator('.notice[role=alert]')).toBeVisible()
    },
  },
  { name: 'sheet', reach: (page, language) => openSheet(page, 'households', language) },
  {
    name: 'sheet-households',
    reach: async (page, language) => {
      await openSheet(page, 'households', language)
      await page.locator('label.file input').setInputFiles(ugly('20-names-and-phones.csv'))
      await reading(page, language)
      await page.locator('section:has(#reading) summary').click()
    },
  },
  {
    name: 'sheet-faults',
    reach: async (page, language) => {
      await openSheet(page, 'households', language)
      await paste(page, await lettersOf('25-two-bad-cells.txt'), language)
      await reading(page, language)
      await expect(page.locator('.cell[aria-invalid=true]')).toHaveCount(2)
    },
  },
  {
    name: 'sheet-several',
    reach: async (page, language) => {
      await openSheet(page, 'households', language)
      await page.locator('label.file input').setInputFiles(ugly('18-two-sheets.xlsx'))
      await reading(page, language)
    },
    part: 'section:has(#reading)',
  },
  {
    name: 'sheet-others',
    reach: async (page, language) => {
      await openSheet(page, 'households', language)
      await page.locator('label.file input').setInputFiles(ugly('17-numbers-as-text.xlsx'))
      await reading(page, language)
    },
    part: 'section:has(#reading)',
  },
  {
    name: 'sheet-table',
    reach: async (page, language) => {
      await openSheet(page, 'table', language)
      await page.locator('label.file input').setInputFiles(ugly('12-merged-headings.xlsx'))
      await reading(page, language)
    },
  },
  {
    name: 'sheet-open',
    reach: async (page, language) => {
      await openSheet(page, 'table', language)
      await paste(page, await lettersOf('24-shanghai-102.txt'), language)
      await reading(page, language)
      await page.getByLabel(words[language].sheet.total).fill('480000')
      await page.getByRole('button', { name: words[language].sheet.check, exact: true }).click()
      await expect(page.getByText(words[language].verdict.open)).toBeVisible()
    },
  },
  {
    name: 'sheet-closes',
    reach: async (page, language) => {
      await openSheet(page, 'table', language)
      await page.locator('label.file input').setInputFiles(ugly('12-merged-headings.xlsx'))
      await reading(page, language)
      await page.getByRole('button', { name: words[language].sheet.check, exact: true }).click()
      await expect(page.getByText(words[language].verdict.closes)).toBeVisible()
    },
    part: 'section:has(#verdict)',
  },
  {
    name: 'sheet-refused',
    reach: async (page, language) => {
      await openSheet(page, 'households', language)
      await page.locator('label.file input').setInputFiles(oldWorkbook)
      await expect(page.locator('.notice[role=alert]')).toBeVisible()
    },
  },
  {
    name: 'sheet-offline',
    reach: async (page, language) => {
      await openSheet(page, 'households', language)
      await page.context().setOffline(true)
      await paste(page, '501 5 78.4', language)
      await expect(page.locator('.notice[role=alert]')).toBeVisible()
    },
  },
  {
    name: 'sheet-loading',
    reach: async (page, language) => {
      await page.route('**/api/v1/sheets/reading*', () => {})
      await openSheet(page, 'households', language)
      await paste(page, '501 5 78.4', language)
      await expect(page.getByText(words[language].loading)).toBeVisible()
    },
  },
  {
    name: 'not-found',
    reach: async (page, language) => {
      await openStart(page, { language })
      await page.evaluate(() => history.pushState(null, '', '/nowhere'))
      await expect(page.getByText(words[language].notFound)).toBeVisible()
    },
  },
]

/** A state of a name. */
export const state = (name: string) => states.find((entry) => entry.name === name)!
