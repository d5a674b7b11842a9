import type { Plugin } from 'vite'

const RESET = /\*,\s*::?after,\s*::?before,\s*::backdrop\s*\{(?=\s*box-sizing)/

/**
 * Takes what stands before and after an element out of Tailwind's reset. A rule that means them all has the browser work out two more
 * styles for each element of the page, whether anything stands there or not: a third of the time until the first chart is on the screen.
 * Who writes `::before` with a border or a padding says there how it is counted.
 */
export function elementsAlone(): Plugin {
  return {
    name: 'reset-of-elements-alone',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('/src/ui/base.css')) return
      if (!RESET.test(code)) this.error('the reset of Tailwind is written in another way')
      return code.replace(RESET, '* {')
    },
  }
}
