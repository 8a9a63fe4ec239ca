import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { type Language, remember, words } from './opened'

const folder = join(import.meta.dirname, '../../../tests/CostShare.Api.Tests/Sheets/ugly')

/** Where one of the sheets lies on which the reading itself is tested. */
export const ugly = (name: string) => join(folder, name)

/** The letters of such a sheet. */
export const lettersOf = (name: string) => readFile(ugly(name), 'utf8')

type Purpose = keyof (typeof words)['en']['sheet']['for']

/** Opens the page for sheets and says what kind of sheet is meant. */
export async function openSheet(page: Page, purpose: Purpose, language: Language = 'zh-CN') {
  await remember(page, { language })
  await page.goto('/sheet')
  await page.getByRole('radio', { name: words[language].sheet.for[purpose] }).check()
}

/** Pastes letters and has them read. */
export async function paste(page: Page, letters: string, language: Language = 'zh-CN') {
  const { sheet } = words[language]
  await page.getByLabel(sheet.paste).fill(letters)
  await page.getByRole('button', { name: sheet.read, exact: true }).click()
}

/** Waits for a reading. */
export const reading = (page: Page, language: Language = 'zh-CN') =>
  expect(page.getByRole('heading', { name: words[language].sheet.second })).toBeVisible()

/** Pastes a finished table, has it read and checked. */
export async function check(page: Page, letters: string, language: Language = 'zh-CN') {
  await paste(page, letters, language)
  await reading(page, language)
  await page.getByRole('button', { name: words[language].sheet.check, exact: true }).click()
  await expect(page.locator('section:has(#verdict) [role=status] strong')).toBeVisible()
}

/** The head of a workbook of before 2007, which is not read. */
export const oldWorkbook = {
  name: '分摊.xls',
  mimeType: 'application/vnd.ms-excel',
  buffer: Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1024)]),
}
