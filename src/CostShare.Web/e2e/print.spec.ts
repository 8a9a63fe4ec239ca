import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { expect, type Page, type TestInfo, test } from '@playwright/test'
import type { Schemas } from '../src/api/client'
import { answerTo, fenOf, fill, languages, listen, openStart, openWhy, plans, words } from './opened'

const run = promisify(execFile)

/** The letters of each sheet of paper, laid out as they lie there. */
async function paper(page: Page, info: TestInfo): Promise<string[]> {
  const file = info.outputPath('page.pdf')
  await writeFile(file, await page.pdf({ preferCSSPageSize: true }))
  const { stdout } = await run('pdftotext', ['-layout', file, '-'])
  return stdout.split('\f').filter((sheet) => sheet.trim() !== '')
}

const ofVotes = ['support', 'aboveLimit', 'forecast', 'totals', 'swing']

const noBlanks = (text: string) => text.replaceAll(' ', '')

const lines = (sheets: string[]) => sheets.flatMap((sheet) => sheet.split('\n'))

for (const language of languages) {
  for (const name of ['the first plan', 'a plan with everything']) {
    test(`Paper for the stairwell has every row and column: ${name}, ${language}`, async ({ page }, info) => {
      const texts = words[language]
      const asked = listen(page)
      await openStart(page, { language, plan: plans[name] })
      const { request, result } = await answerTo(page, asked)
      const sheets = await paper(page, info)
      const { households } = request.building
      const rows = lines(sheets)

      const row = (id: string, floor: number) => {
        const found = rows.filter(
          (line) => line.trim().startsWith(id) && line.replaceAll(' ', '').includes(noBlanks(fill(texts.floor, { floor }))),
        )
        expect(found, id).toHaveLength(1)
        return found[0]!.trim()
      }
      households.forEach((household, i) => {
        const cells = row(household.id, household.floor)
          .slice(household.id.length)
          // Whether there is a blank between a figure and a letter, the letters of a PDF do not tell.
          .replace(new RegExp(fill(texts.floor, { floor: household.floor }).replaceAll(' ', ' *')), '')
          .trim()
          .split(/\s*m²\s*|\s+/)
        expect(Number(cells[0]), household.id).toBe(household.areaM2)
        expect(cells.slice(1).map(fenOf), household.id).toEqual(result.schemes.map((scheme) => scheme.shares[i]!.amountFen))
      })
      const total = rows.find((line) => line.trim().startsWith(texts.table.billed))!
      expect(total.trim().slice(texts.table.billed.length).trim().split(/\s+/).map(fenOf)).toEqual(
        result.schemes.map((scheme) => scheme.billedFen),
      )

      // Each sheet of paper says what its columns are.
      const names = result.schemes.map(
        (scheme) => texts.scheme[scheme.id as keyof typeof texts.scheme] ?? request.schemes.find((one) => one.id === scheme.id)!.name,
      )
      for (const sheet of sheets.filter((one) => households.some((household) => one.includes(`${household.areaM2} m²`)))) {
        const letters = sheet.replaceAll(/\s/g, '')
        for (const heading of [texts.table.household, texts.table.floor, texts.table.area])
          expect(letters).toContain(heading.replaceAll(' ', ''))
        // A long name may take several lines of its column.
        for (const [k, scheme] of names.entries()) for (const word of scheme.split(' ')) expect(letters, `${k}`).toContain(word[0])
      }

      // Where the money comes from, and what the schemes mean; nothing that only a screen needs.
      const all = sheets.join('\n').replaceAll(/\s/g, '')
      for (const source of result.funding.sources) expect(all).toContain(`${(source.amountFen / 100).toLocaleString('en')}`)
      for (const scheme of result.schemes)
        for (const statement of scheme.facts.statements ?? []) {
          const { zh, en } = statement.sentence
          const sentence = (language === 'en' ? en : zh).replaceAll(/\s/g, '')
          // How households may vote is not for the stairwell.
          if (ofVotes.includes(statement.code)) expect(all).not.toContain(sentence)
          else expect(all).toContain(sentence)
        }
      for (const button of [texts.share.link, texts.share.save, texts.mine.tag, texts.knobs.step])
        expect(all).not.toContain(button.replaceAll(' ', ''))
    })

    test(`Paper of one household has every step: ${name}, ${language}`, async ({ page }, info) => {
      const texts = words[language]
      const answered = page.waitForResponse('**/api/v1/explanations*')
      await openWhy(page, '502', 'mix', { language, plan: plans[name] })
      const told = (await (await answered).json()) as Schemas['HouseholdExplanation']
      const sheets = await paper(page, info)
      const all = sheets.join('').replaceAll(/\s/g, '')
      const [scheme] = told.schemes
      const steps = [...told.funding.flatMap((source) => source.steps), ...scheme!.steps, scheme!.closing]
      for (const step of steps) expect(all).toContain(step.replaceAll(/\s/g, ''))
      expect(all).toContain(fill(texts.why.title, { household: '502' }).replaceAll(' ', ''))
      expect(all).toContain((scheme!.amountFen / 100).toLocaleString('en', { minimumFractionDigits: 2 }))
      for (const button of [texts.why.print, texts.back]) expect(all).not.toContain(button.replaceAll(' ', ''))
      expect(sheets).toHaveLength(1)
    })
  }
}
