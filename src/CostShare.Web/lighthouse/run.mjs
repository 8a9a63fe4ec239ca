// Weighs and measures the start page as it is published: how many bytes its first route takes, that they are sent compressed, and what
// Lighthouse says on a phone. `node run.mjs` looks once at what does not depend on the machine; `node run.mjs full` looks five times and
// holds the median of the performance against what is wanted too. COSTSHARE_PUBLISHED names the folder that was published.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { launch } from 'chrome-launcher'
import lighthouse from 'lighthouse'
import { start } from '../e2e/program.mjs'

const full = process.argv[2] === 'full'
const published = resolve(process.env.COSTSHARE_PUBLISHED ?? join(import.meta.dirname, '../../../artifacts/published'))
const mostKiB = 170
const wanted = { accessibility: 100, 'best-practices': 100, ...(full ? { performance: 95 } : {}) }
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium'
let passed = 0
let failed = 0

function check(name, right) {
  console.log(`${right ? 'passed' : 'FAILED'}: ${name}`)
  if (right) passed++
  else failed++
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

// What the first page names, and what these name in turn before anything is drawn.
const root = join(published, 'wwwroot')
const html = readFileSync(join(root, 'index.html'), 'utf8')
const first = ['index.html', ...[...html.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map((match) => match[1])]
const bytes = first.map((file) => statSync(join(root, `${file}.br`)).size)
first.forEach((file, i) => console.log(`  ${(bytes[i] / 1024).toFixed(1)} KiB  ${file}`))
const kib = bytes.reduce((sum, size) => sum + size, 0) / 1024
const later = readdirSync(join(root, 'assets')).filter((file) => /\.(js|css)$/.test(file) && !first.includes(`assets/${file}`))
for (const file of later)
  console.log(`  ${(statSync(join(root, 'assets', `${file}.br`)).size / 1024).toFixed(1)} KiB  ${file} (when it is asked for)`)
check(`the first route takes ${kib.toFixed(1)} KiB of brotli, at most ${mostKiB}`, kib <= mostKiB)

const { url, stop } = await start(join(published, 'CostShare.Api.dll'))
const chrome = await launch({
  chromePath: chromium,
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
})
try {
  for (const [i, file] of first.entries()) {
    if (i === 0) continue
    const answer = await fetch(`${url}/${file}`, { headers: { 'Accept-Encoding': 'br' } })
    check(
      `${file} is sent in brotli, to be kept`,
      answer.headers.get('content-encoding') === 'br' && /immutable/.test(answer.headers.get('cache-control')),
    )
    await answer.arrayBuffer()
  }
  const runs = []
  for (let run = 0; run < (full ? 5 : 1); run++) {
    const { lhr } = await lighthouse(url, { port: chrome.port, output: 'json', logLevel: 'error' })
    runs.push(lhr)
    const score = (name) => Math.round(lhr.categories[name].score * 100)
    const ms = (name) => Math.round(lhr.audits[name].numericValue)
    console.log(
      `  performance ${score('performance')}, accessibility ${score('accessibility')}, best practices ${score('best-practices')}; ` +
        `first paint ${ms('first-contentful-paint')} ms, largest ${ms('largest-contentful-paint')} ms, blocked ${ms('total-blocking-time')} ms, ` +
        `moved ${lhr.audits['cumulative-layout-shift'].numericValue.toFixed(3)}, sent ${Math.round(ms('total-byte-weight') / 1024)} KiB`,
    )
  }
  for (const [name, least] of Object.entries(wanted)) {
    const reached = median(runs.map((lhr) => Math.round(lhr.categories[name].score * 100)))
    check(`${name}: ${reached}, at least ${least}`, reached >= least)
    if (reached < least)
      for (const { id, weight } of runs[0].categories[name].auditRefs) {
        const audit = runs[0].audits[id]
        if (weight > 0 && audit.score !== null && audit.score < 1) console.log(`    ${audit.title} ${audit.displayValue ?? ''}`)
      }
  }
} finally {
  chrome.kill()
  await stop()
}
console.log(`  ${passed} passed`)
if (failed > 0) console.log(`  ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
