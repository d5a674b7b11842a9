import { accessSync, constants } from 'node:fs'
import { defineConfig } from '@playwright/test'

/** The browser of the system: none is downloaded. */
const places = [
  process.env.PMS_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

function canRun(path: string | undefined): path is string {
  if (!path) return false
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const executablePath = places.find(canRun)
if (!executablePath) throw new Error('no Chromium: install it, or name it in PMS_CHROMIUM')
const baseURL = process.env.PMS_E2E_URL
if (!baseURL) throw new Error('PMS_E2E_URL is not set: run scripts/e2e.sh')

export default defineConfig({
  testDir: '.',
  outputDir: '../../.pms/e2e',
  snapshotPathTemplate: '{testDir}/snapshots/{arg}{ext}',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // Most take three seconds; a machine that is busy with other things takes ten times that.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['junit', { outputFile: '../../.pms/e2e.xml' }]],
  use: {
    baseURL,
    // The hotel is in New York, the browser is not: no date of the hotel may be the browser's.
    timezoneId: 'Pacific/Kiritimati',
    locale: 'en-US',
    viewport: { width: 1280, height: 800 },
    // The page as it was at each step is enough; a film of it takes a third of the machine.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: { executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] },
  },
})
