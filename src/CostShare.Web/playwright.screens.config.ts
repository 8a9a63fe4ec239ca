import config from './playwright.config'

/** The same pages in the same browser, to be drawn and not tested. */
export default { ...config, testMatch: 'screens.ts', reporter: [['list'], ['./e2e/screens-list.ts']] }
