import { defineConfig, devices } from '@playwright/test'

// Debian's Chromium. It runs as root where the tests do, and the other switches keep it from calling out.
const launchOptions = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

const phone = { ...devices['Pixel 7'], viewport: { width: 390, height: 844 }, deviceScaleFactor: 1 }
const desktop = { viewport: { width: 1440, height: 900 } }

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // Against hanging only: other work may be going on beside.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  reporter: [['list']],
  use: {
    // The program tells its port itself.
    baseURL: process.env.COSTSHARE_URL,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    launchOptions,
    // A trace of each test takes a tenth of the time: `npm run e2e -- --trace on` where a failure cannot be understood without.
    screenshot: 'only-on-failure',
    actionTimeout: 30_000,
  },
  projects: [
    { name: 'phone', use: phone },
    // What sets its own width is as wide in both.
    { name: 'desktop', use: desktop, grepInvert: /at 320 px/ },
  ],
  webServer: {
    command: 'node e2e/program.mjs',
    wait: { stdout: /CostShare: (?<COSTSHARE_URL>http:\/\/127\.0\.0\.1:\d+)/ },
    timeout: 120_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  },
})
