import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Nothing that axe-core knows is wrong with what is on the screen. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const told = violations.map((v) => `${v.id}: ${v.help}\n${v.nodes.map((n) => `    ${n.html}`).join('\n')}`)
  expect(told).toEqual([])
}
