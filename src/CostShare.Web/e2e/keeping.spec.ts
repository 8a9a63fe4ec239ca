import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { firstPlan, type Plan } from '../src/plan/plan'
import { listen, openGroup, openStart, openWhy, plans, remember, settled, words } from './opened'

const texts = words['zh-CN']

const amounts = (page: Page) => page.locator('section.all td.number').allTextContents()

// What households said in confidence, as the workspace for volunteers has it.
const confided: Plan = {
  ...firstPlan,
  households: firstPlan.households.map((household, i) => ({
    ...household,
    ...(i === 3 ? { stance: 'no' as const, limitFen: 1_234_500, owners: [{ person: '王小明' }] } : {}),
  })),
  vote: { policy: 'china-civil-code-278', on: '2026-01-01' },
}

test('Work that was not saved survives a reload', async ({ page }) => {
  await openStart(page)
  await page.getByRole('slider', { name: texts.knobs.base }).press('ArrowRight')
  await page.getByLabel(/^井道土建/).fill('260000')
  await page.getByLabel(texts.mine.which).selectOption('303')
  await settled(page)
  const before = await amounts(page)
  await page.reload()
  await settled(page)
  await expect(page.getByRole('slider', { name: texts.knobs.base })).toHaveAttribute('aria-valuenow', '60')
  await expect(page.getByLabel(/^井道土建/)).toHaveValue('260,000')
  await expect(page.getByLabel(texts.mine.which)).toHaveValue('303')
  expect(await amounts(page)).toEqual(before)
})

test('The language is remembered, and the title follows', async ({ page }) => {
  await openStart(page)
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page).toHaveTitle(words.en.title)
  await page.reload()
  await settled(page)
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.getByRole('button', { name: '中文' }).click()
  await expect(page).toHaveTitle(texts.title)
})

test('A link opens the same result on another device, and holds nothing said in confidence', async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openStart(page, { plan: { ...plans['a plan with everything']!, ...{ vote: confided.vote } } })
  const before = await amounts(page)
  await page.getByRole('button', { name: texts.share.link }).click()
  await expect(page.getByText(texts.share.linkCopied)).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toMatch(new RegExp(`^${baseURL}/#z[\\w-]+$`))

  const other = await browser.newContext({ baseURL: baseURL!, locale: 'zh-CN' })
  const opened = await other.newPage()
  const asked = listen(opened)
  // What stands behind # stays on the device.
  const sent: string[] = []
  opened.on('request', (request) => sent.push(request.url()))
  await opened.goto(link)
  await settled(opened)
  expect(await amounts(opened)).toEqual(before)
  expect(JSON.stringify(asked.at(-1)!.postDataJSON())).not.toMatch(/stance|limitFen|owners/)
  expect(sent.filter((url) => url.includes('#z'))).toEqual([])
  await expect(opened).toHaveURL('/')
  await opened.reload()
  await settled(opened)
  expect(await amounts(opened)).toEqual(before)
  await other.close()
})

test('Link, text and file hold neither stances nor limits nor owners', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openStart(page, { plan: { ...confided, vote: null } })
  await page.getByRole('button', { name: texts.share.text }).click()
  await expect(page.getByText(texts.share.textCopied)).toBeVisible()
  const text = await page.evaluate(() => navigator.clipboard.readText())
  const fragment = /#z([\w-]+)$/.exec(text)![1]!
  const plain = await page.evaluate(async (letters) => {
    const bytes = Uint8Array.from(atob(letters.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).text()
  }, fragment)
  expect(plain).toContain('"households"')
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: texts.share.save }).click()
  const download = await saved
  expect(download.suggestedFilename()).toBe(`${texts.share.fileName}.json`)
  const file = await readFile((await download.path())!, 'utf8')
  for (const told of [text, plain, file]) expect(told).not.toMatch(/stance|limitFen|1234500|12,345|owners|王小明/)
})

test('A file that was saved opens again; another file is refused in words', async ({ page }) => {
  await openStart(page, { plan: plans['a plan with everything'] })
  const before = await amounts(page)
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: texts.share.save }).click()
  const path = (await (await saved).path())!
  await page.getByRole('slider', { name: texts.knobs.step }).press('Home')
  await settled(page)
  expect(await amounts(page)).not.toEqual(before)
  const field = page.locator('label.file input')
  await field.setInputFiles({ name: 'other.json', mimeType: 'application/json', buffer: Buffer.from('{"plan": 1}') })
  await expect(page.getByText(texts.share.notAPlan)).toBeVisible()
  await field.setInputFiles(path)
  await expect(page.getByText(texts.share.opened)).toBeVisible()
  await settled(page)
  expect(await amounts(page)).toEqual(before)
})

test('A link of somebody else takes nothing away, and what is erased is gone', async ({ page, baseURL }) => {
  await openStart(page)
  await page.getByRole('slider', { name: texts.knobs.base }).press('ArrowRight')
  await settled(page)
  const own = await amounts(page)
  const other = `#j${Buffer.from(JSON.stringify({ ...firstPlan, households: firstPlan.households.slice(0, 10), storeys: 2 })).toString('base64url')}`
  // The same tab, as where a link is pasted into the address.
  await page.goto(`${baseURL}/${other}`)
  await settled(page)
  await expect(page.getByText(texts.share.other)).toBeVisible()
  expect(await amounts(page)).toHaveLength(own.length - 25 * 4)
  // The own flat is not among them.
  await expect(page.getByLabel(texts.mine.which)).toHaveValue('')
  await page.reload()
  await settled(page)
  await page.getByRole('button', { name: texts.share.toOwn }).click()
  await settled(page)
  expect(await amounts(page)).toEqual(own)
  await expect(page.getByText(texts.share.other)).toHaveCount(0)

  page.once('dialog', (dialog) => void dialog.accept())
  await page.getByRole('button', { name: texts.share.clear }).click()
  await settled(page)
  expect(await amounts(page)).not.toEqual(own)
  await page.reload()
  await settled(page)
  expect(await amounts(page)).not.toEqual(own)
  await expect(page.getByText(texts.share.other)).toHaveCount(0)
})

test('A link that is cut says so instead of showing something else as if it were meant', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openStart(page, { plan: plans['a plan with everything'] })
  await page.getByRole('button', { name: texts.share.link }).click()
  await expect(page.getByText(texts.share.linkCopied)).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  await page.goto(link.slice(0, -40))
  await expect(page.getByRole('alert')).toHaveText(texts.share.broken)
  // The way past the head is no link of somebody.
  await page.goto('/#main')
  await settled(page)
  await expect(page.getByRole('alert')).toHaveCount(0)
})

for (const [name, fragment] of Object.entries({
  'letters that are no plan': '#zAAAA',
  'a plan of another kind': `#j${Buffer.from('{"storeys":7}').toString('base64url')}`,
  'lists of what is no household': `#j${Buffer.from(JSON.stringify({ ...firstPlan, households: [null, 3], schemes: [{}] })).toString('base64url')}`,
  'knobs that are none': `#j${Buffer.from(JSON.stringify({ ...firstPlan, knobs: null })).toString('base64url')}`,
  'no household at all': `#j${Buffer.from(JSON.stringify({ ...firstPlan, households: [] })).toString('base64url')}`,
})) {
  test(`A link of ${name} leaves a page that works`, async ({ page }) => {
    const broken: Error[] = []
    page.on('pageerror', (error) => broken.push(error))
    await remember(page, {})
    await page.goto(`/${fragment}`)
    await expect(page.locator('.bills li, [role=alert]').first()).toBeVisible()
    await page.waitForTimeout(500)
    await expect(page.locator('h1')).toBeVisible()
    expect(broken).toEqual([])
  })
}

test('Without a connection the last result stays and says so, and the next one comes by itself', async ({ page, context }) => {
  await openStart(page)
  const before = await amounts(page)
  await context.setOffline(true)
  await page.getByRole('slider', { name: texts.knobs.step }).press('ArrowRight')
  await expect(page.getByRole('alert')).toContainText(texts.offline)
  expect(await amounts(page)).toEqual(before)
  await context.setOffline(false)
  await expect(page.getByRole('alert')).toHaveCount(0)
  await settled(page)
  expect(await amounts(page)).not.toEqual(before)
})

test('Without a connection the page that says why tells so and comes back', async ({ page, context }) => {
  await openWhy(page, '502', 'mix')
  await context.setOffline(true)
  await page.getByLabel(texts.why.scheme).selectOption('equal')
  await expect(page.getByRole('alert')).toBeVisible()
  await context.setOffline(false)
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expect(page.locator('.verdict')).toContainText(texts.scheme.equal)
})

test('Without a connection the last result is there again after the page that says why', async ({ page, context }) => {
  const fetched = page.waitForResponse('**/assets/Why-*.js')
  await openStart(page)
  await fetched
  const before = await amounts(page)
  await context.setOffline(true)
  await page.getByRole('link', { name: texts.mine.why }).first().click()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.getByRole('link', { name: texts.back }).click()
  await expect(page.getByRole('alert')).toContainText(texts.offline)
  expect(await amounts(page)).toEqual(before)
})

test('A server that is not reached from the first says so and promises no result', async ({ page }) => {
  await remember(page, {})
  await page.route('**/api/v1/comparisons*', (route) => route.abort())
  await page.goto('/')
  await expect(page.getByRole('alert')).toHaveText(texts.offlineEmpty)
  await page.unroute('**/api/v1/comparisons*')
  await settled(page)
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('A connection that hangs is told, first as waiting and then as lost', async ({ page }) => {
  await page.clock.install()
  await openStart(page)
  let hangs = true
  await page.route('**/api/v1/comparisons*', (route) => (hangs ? undefined : route.continue()))
  await page.getByRole('slider', { name: texts.knobs.step }).press('ArrowRight')
  await expect(page.locator('.slow')).toBeVisible()
  await page.clock.fastForward(21_000)
  await expect(page.getByRole('alert')).toContainText(texts.offline)
  hangs = false
  await page.clock.fastForward(4_000)
  await expect(page.getByRole('alert')).toHaveCount(0)
  await settled(page)
})

test('What a list of policies could not be fetched from is asked again', async ({ page }) => {
  await page.route('**/api/v1/policies*', (route) => route.abort())
  await openStart(page)
  const city = page.getByLabel(texts.subsidy.city, { exact: true })
  await expect(city.locator('option')).toHaveCount(2)
  await page.unroute('**/api/v1/policies*')
  await expect(city.locator('option').nth(5)).toBeAttached()
})

test('Another scheme on the page that says why shows no amount of the last one, and the focus stays', async ({ page }) => {
  await openWhy(page, '502', 'mix')
  const scheme = page.getByLabel(texts.why.scheme)
  let go = () => {}
  await page.route('**/api/v1/explanations*', async (route) => {
    await new Promise<void>((ready) => (go = ready))
    await route.continue()
  })
  await scheme.focus()
  await scheme.selectOption('equal')
  await expect(page.locator('main [role=status]').first()).toBeVisible()
  await expect(page.locator('.verdict')).toHaveCount(0)
  go()
  await expect(page.locator('.verdict')).toContainText(texts.scheme.equal)
  await expect(scheme).toBeFocused()
})

test('Why can be asked without a connection, and is answered when it is back', async ({ page, context }) => {
  const fetched = page.waitForResponse('**/assets/Why-*.js')
  await openStart(page)
  await fetched
  await context.setOffline(true)
  await page.getByRole('link', { name: texts.mine.why }).first().click()
  await expect(page.getByRole('alert')).toBeVisible()
  await context.setOffline(false)
  await expect(page.locator('.verdict')).toBeVisible()
})

test('A page that was not fetched before the connection was lost is waited for', async ({ page, context }) => {
  await remember(page, {})
  // Before the others are fetched.
  await page.goto('/')
  await page.getByRole('link', { name: texts.mine.why }).first().waitFor()
  await page.route('**/assets/Why-*.js', (route) => route.abort())
  await context.setOffline(true)
  await page.getByRole('link', { name: texts.mine.why }).first().click()
  await expect(page.getByRole('alert')).toContainText(texts.why.offline)
  await page.unroute('**/assets/Why-*.js')
  await context.setOffline(false)
  await expect(page.locator('.verdict')).toBeVisible()
})

test('Without a connection English is asked for in vain and the page stays as it is', async ({ page, context }) => {
  const broken: Error[] = []
  page.on('pageerror', (error) => broken.push(error))
  await openStart(page)
  await context.setOffline(true)
  await page.getByRole('button', { name: 'English' }).click()
  await page.waitForTimeout(500)
  await expect(page.locator('h1')).toContainText(texts.start.question)
  expect(broken).toEqual([])
})

test('A wrong file and a wrong amount do not lose what was there', async ({ page }) => {
  await openStart(page)
  const before = await amounts(page)
  await openGroup(page, texts.costs.title)
  await page.getByLabel(/^井道土建/).fill('很多')
  await settled(page)
  expect(await amounts(page)).toEqual(before)
})
