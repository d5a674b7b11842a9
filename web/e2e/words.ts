import type { Locator } from '@playwright/test'

/** What a screen reader finds on the next `nights`: each row with its place and name, and its cells. */
export function wordsOf(chart: Locator, nights: number): Promise<string> {
  return chart.evaluate((grid, count) => {
    const told = (element: Element, name: string) => element.getAttribute(name)
    const nameOf = (element: Element) => {
      const copy = element.cloneNode(true) as Element
      for (const face of copy.querySelectorAll('[aria-hidden=true]')) face.remove()
      return told(copy, 'aria-label') ?? copy.textContent
    }
    const today = Number(grid.querySelector('[aria-current=date]')?.getAttribute('aria-colindex'))
    const cellOf = (cell: Element) => {
      const from = Number(told(cell, 'aria-colindex')) - today
      const to = from + Number(told(cell, 'aria-colspan') ?? 1)
      if (to <= 0 || from >= count) return []
      const name = nameOf(cell)
      return [`    ${told(cell, 'role')} ${from}${to - from > 1 ? `–${to}` : ''}: ${name}`]
    }
    const rowOf = (row: Element) => {
      const head = row.querySelector('[role=rowheader]')
      const cells = [...row.querySelectorAll('[role=gridcell], [role=columnheader]')]
      const states = ['level', 'expanded'].flatMap((state) => {
        const value = told(row, `aria-${state}`)
        return value === null ? [] : [`, ${state} ${value}`]
      })
      const name = head ? nameOf(head) : ''
      const title = `row ${told(row, 'aria-rowindex')}${states.join('')}: ${name}`
      return [title.trimEnd(), ...cells.flatMap(cellOf)]
    }
    const rows = [...grid.querySelectorAll('[role=row]')].flatMap(rowOf)
    return [`${told(grid, 'role')}: ${told(grid, 'aria-label')}`, ...rows, ''].join('\n')
  }, nights)
}
