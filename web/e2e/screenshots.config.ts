import tests from './playwright.config'

/** Not tests: pictures of the demo data for docs/screenshots, see scripts/screenshots.sh. */
export default {
  ...tests,
  testMatch: 'screenshots.ts',
  workers: 1,
  timeout: 120_000,
  reporter: [['list']],
  use: { ...tests.use, trace: 'off', timezoneId: 'America/New_York' },
}
