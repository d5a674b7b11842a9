import type { Schemas } from './client'

interface Page<T> {
  data: T[]
  meta: Schemas['PageMeta']
}

/** What asks for a page: as many as one may have at once, from where the page before ended. */
export interface PageAsked {
  limit: number
  cursor?: string
}

const perPage = 100

/** All the pages of a list, one after the other; at most so many, where a list that is shown whole must have an end. */
export async function whole<T>(
  page: (asked: PageAsked) => Promise<Page<T>>,
  mostPages = Number.POSITIVE_INFINITY,
): Promise<T[]> {
  const rows: T[] = []
  let asked: PageAsked = { limit: perPage }
  for (let n = 0; n < mostPages; n++) {
    const { data, meta } = await page(asked)
    rows.push(...data)
    if (!meta.hasMore || !meta.cursor) break
    asked = { limit: perPage, cursor: meta.cursor }
  }
  return rows
}
