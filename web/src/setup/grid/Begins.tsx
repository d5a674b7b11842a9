import { useFormat } from '../../i18n/locale'
import type { Day } from '../../kernel/dates'
import { m } from '../../paraglide/messages'
import type { GridRow } from './Grid'

interface Props {
  rows: readonly Pick<GridRow, 'id' | 'code'>[]
  chosen: readonly string[]
  from: Day
  /** The last night, not the day after it. */
  to: Day
}

/** With what a form for many nights begins: the selection of the table behind it. */
export function Begins({ rows, chosen, from, to }: Props) {
  const format = useFormat()
  const isAll = chosen.length === rows.length && rows.length > 1
  const codes = rows.filter(({ id }) => chosen.includes(id)).map(({ code }) => code)
  const types = isAll ? m.setupGridAllTypes() : format.list(codes)
  const days = from === to ? format.day(from) : format.days(from, to)
  return <p className="text-muted">{m.setupGridBegins({ types, days })}</p>
}
