import { useEffect, useRef, useState } from 'react'
import { useFormat } from '../i18n/locale'
import { sentenceOf } from '../i18n/sentences'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Button } from '../ui/Button'
import { notify } from '../ui/Toast'
import { csvName } from './csv'
import { allReservations, reservationsCsv, saveFile } from './exportList'
import type { ListQuery } from './filters'
import { useHouse } from './queries'

/** All that the filters leave, as a file. It counts while it fetches, and a second press stops it. */
export function ExportButton({ query }: { query: ListQuery }) {
  const { property } = useApp()
  const house = useHouse()
  const format = useFormat()
  const [count, setCount] = useState<number>()
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const start = async () => {
    const control = new AbortController()
    running.current = control
    setCount(0)
    try {
      const rows = await allReservations(query, setCount, control.signal)
      const name = csvName(m.reservationsFile(), property.name, property.businessDate)
      saveFile(name, reservationsCsv(rows, house))
      notify({ text: m.reservationsExported({ count: rows.length }) })
    } catch (error) {
      if (!control.signal.aborted) notify({ text: sentenceOf(error), tone: 'error' })
    } finally {
      setCount(undefined)
    }
  }
  if (count === undefined) {
    return (
      <Button icon="download" onPress={() => void start()}>
        <span className="max-sm:sr-only">{m.reservationsExport()}</span>
      </Button>
    )
  }
  return (
    <Button icon="close" onPress={() => running.current?.abort()}>
      <span role="status">{m.reservationsExporting({ number: format.number(count) })}</span>
    </Button>
  )
}
