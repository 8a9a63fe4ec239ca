import { execFileSync } from 'node:child_process'
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FullResult, Reporter, Suite } from '@playwright/test/reporter'
import { states } from './states'

const folder = join(import.meta.dirname, '../../../docs/screens')
const ways = ['zh-CN-phone', 'zh-CN-desktop', 'en-phone', 'en-desktop']

/** Makes the pictures a third as large (Debian: pngquant), writes their list, and removes those of states that are no more. */
export default class ScreensList implements Reporter {
  private all = false

  onBegin(_: unknown, suite: Suite) {
    this.all = suite.allTests().length === states.length * ways.length
  }

  onEnd({ status }: FullResult) {
    // Where only some were drawn, the others stay.
    if (!this.all || status !== 'passed') return
    const names = states.flatMap(({ name }) => ways.map((way) => `${name}-${way}.png`))
    const pictures = readdirSync(folder).filter((file) => file.endsWith('.png'))
    for (const old of pictures.filter((file) => !names.includes(file))) rmSync(join(folder, old))
    const quality = ['--force', '--ext', '.png', '--strip', '--quality', '70-95']
    execFileSync('pngquant', [...quality, ...names], { cwd: folder })
    const bytes = names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
    const row = (name: string) => `| ${name} | ${ways.map((way) => `[${way}](${name}-${way}.png)`).join(' | ')} |`
    writeFileSync(
      join(folder, 'README.md'),
      [
        '# Every page and state',
        '',
        'Made by `npm run screens` in `src/CostShare.Web` (needs Debian’s pngquant), from the program as it was built, 390 and 1440 pixels wide. Long pages are cut at 3000 pixels; of a state that changes a part of the page only that part is shown.',
        '',
        `| state | ${ways.map((way) => way.replace(/-(?=phone|desktop)/, ', ')).join(' | ')} |`,
        '|---|---|---|---|---|',
        ...states.map(({ name }) => row(name)),
        '',
      ].join('\n'),
    )
    console.log(`${names.length} pictures, ${(bytes / 1024 / 1024).toFixed(1)} MB`)
  }
}
