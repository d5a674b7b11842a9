import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Nothing that axe-core knows is wrong with what is on the screen; `within` a part, where the rest was looked at before. */
export async function expectAccessible(page: Page, within?: string, rules?: string[]): Promise<void> {
  await settled(page)
  // Without frames there is nothing to put together: in its other mode axe opens a page of its own for that, each time.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  if (rules) axe.withRules(rules)
  if (within) axe.include(within)
  axe.options({ ...(rules ? { runOnly: { type: 'rule', values: rules } } : {}), resultTypes: ['violations'] })
  const { violations } = await axe.analyze()
  const told = violations.map((v) => `${v.id}: ${v.help}\n${v.nodes.map((n) => `    ${n.html}`).join('\n')}`)
  expect(told).toEqual([])
}

/** What fades in has its colours only once it is there. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame)
    await frame()
    await frame()
    const ends = document
      .getAnimations()
      .filter((one) => Number(one.effect?.getComputedTiming().endTime) < Infinity)
    await Promise.all(ends.map((one) => one.finished.catch(() => undefined)))
  })
}

/** Also in the dark, which differs by its colours alone. */
export async function expectAccessibleInBoth(page: Page, within?: string): Promise<void> {
  await expectAccessible(page, within)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(page, within, ['color-contrast'])
  await page.emulateMedia({ colorScheme: 'light' })
}
