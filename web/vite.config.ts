import locales from '@react-aria/optimize-locales-plugin'
import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { messages } from './build/messages.mjs'
import { precompress } from './build/precompress.ts'
import { elementsAlone } from './build/reset.ts'

/** Where `pms serve` or `pms demo` listens while the pages are served by Vite. */
const api = process.env.PMS_URL ?? 'http://127.0.0.1:8080'

/**
 * What the frame and the calendar draw with, and all that it needs, is one file: by itself the bundler makes forty of it, a kilobyte each,
 * which are four hundredths more to load.
 */
const base = new RegExp(
  [
    'kernel/',
    'i18n/',
    'api/',
    'ui/(Badge|Button|Icon|Menu|Popover|Segments|Toast)\\.',
    'shell/(choices|shortcuts|useApp)\\.',
    'reservations/openStay\\.',
    'calendar/(chart/frame|page/Find)\\.',
  ]
    .map((path) => `/src/${path}`)
    .join('|'),
)

export default defineConfig({
  plugins: [
    // React Aria speaks thirty languages; the page has three.
    locales.vite({ locales: ['en-US', 'de-DE', 'ar-AE'] }),
    messages(),
    react(),
    tailwind(),
    elementsAlone(),
    precompress(),
  ],
  build: {
    target: 'es2023',
    // Browsers that know light-dark(): otherwise every colour is written twice.
    cssTarget: ['chrome125', 'firefox130', 'safari18'],
    // The policy of the page forbids scripts within it, and images from data: would be copied into each chunk.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // A hundredth smaller than the minifier that is built in.
    minify: 'terser',
    rolldownOptions: {
      checks: { pluginTimings: false },
      output: { codeSplitting: { groups: [{ name: 'base', test: base }] } },
    },
  },
  server: { proxy: { '/api': api, '/health': api } },
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    environment: 'node',
    restoreMocks: true,
  },
})
