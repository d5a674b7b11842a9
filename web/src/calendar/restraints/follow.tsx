/** What may not be sold, on the heads of the dates. It comes when the chart is there, and waits for nobody. */
import { useNavigate } from '@tanstack/react-router'
import { api, dataOf } from '../../api/client'
import type { Format } from '../../i18n/format'
import { restrictionNames } from '../../i18n/restrictions'
import { m } from '../../paraglide/messages'
import { dateOf, type Night } from '../core/days'
import type { Desk } from '../desk/Desk'
import { type ByNight, type Field, leadOf, type Said, shapeOf, toldOf, unasked } from './told'

const MOST_NIGHTS = 120

const isFlag = (field: Field) => field === 'isClosed' || field.startsWith('closed')

/** `Closed`, or `Double and Suite: Shortest stay, by arrival: 3`. */
function wordsOf({ model }: Desk, said: readonly Said[], format: Format): string {
  const words = said.map(({ field, value, typeIds }) => {
    const rule = isFlag(field)
      ? restrictionNames[field]()
      : `${restrictionNames[field]()}: ${format.number(value)}`
    const types = typeIds.map((id) => model.type(id)?.name ?? '')
    return types.length > 0 ? `${format.list(types)}: ${rule}` : rule
  })
  return words.join('; ')
}

/** No type: the whole house. */
export type OnOpen = (night: Night, typeId: string | null) => void

interface MarkProps {
  night: Night
  words: string
  said: readonly Said[]
  propertyId: string
  /** Of who may set them; others are led to where they are read. */
  open?: OnOpen | undefined
}

/** Covers the head of the date, so that it can be hit; the tab stop of the chart stays the only one, and its menu leads there, too. */
function Mark({ night, words, said, propertyId, open }: MarkProps) {
  const { shape, isPart } = shapeOf(said)
  const navigate = useNavigate()
  const search = { start: dateOf(night), property: propertyId }
  return (
    <a
      href={`/set-up/restrictions?${new URLSearchParams(search)}`}
      tabIndex={-1}
      title={words}
      className={`restraint is-${shape}${isPart ? ' is-part' : ''}`}
      onClick={(event) => {
        // Whoever wants another tab has it.
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        if (open) return open(night, leadOf(said))
        void navigate({
          to: '/set-up/$section',
          params: { section: 'restrictions' },
          search: search as never,
        })
      }}
    >
      <span className="sr-only">{m.calendarRestrictions({ words })}</span>
    </a>
  )
}

const maySet = ({ hotel, model }: Desk, night: Night): boolean =>
  hotel.may('pms.rates.manage') && night >= model.businessDate

/** A date of which nothing is said is no link: so many layers would be drawn with each frame. Keys have the menu of a type. */
function leadFromHeads(desk: Desk, onOpen: OnOpen): () => void {
  const click = (event: MouseEvent) => {
    // A mark is a link, and does so itself.
    if (event.target instanceof Element && event.target.closest('a')) return
    const head =
      event.target instanceof Element ? event.target.closest<HTMLElement>('.chart-days .day') : null
    const night = Number(head?.dataset.night ?? Number.NaN)
    if (!event.defaultPrevented && maySet(desk, night)) onOpen(night, null)
  }
  document.addEventListener('click', click)
  return () => document.removeEventListener('click', click)
}

/** From now on until it is stopped: the nights that the chart has, and again when somebody changes what may be sold. */
export function followRestraints(desk: Desk, onOpen: OnOpen): () => void {
  const { model, restraints, heard, hotel } = desk
  if (!hotel.may('pms.rates.view')) return () => {}
  const asked = new Set<Night>()
  let known: ByNight = new Map()
  let isOver = false
  const show = () =>
    restraints.set((night, format) => {
      const said = known.get(night)
      if (!said) return null
      const words = wordsOf(desk, said, format)
      const open = maySet(desk, night) ? onOpen : undefined
      return { words, mark: <Mark {...{ night, words, said, open }} propertyId={hotel.propertyId} /> }
    })
  const ask = async (from: Night, to: Night) => {
    for (let night = from; night < to; night += 1) asked.add(night)
    const query = { propertyId: hotel.propertyId, start: dateOf(from), days: to - from, forAllPlans: true }
    try {
      const rows = await dataOf(api.GET('/api/v1/pms/restrictions', { params: { query } }))
      if (isOver) return
      const kept = [...known].filter(([night]) => night < from || night >= to)
      known = new Map([...kept, ...toldOf(rows)])
      show()
    } catch {
      // The chart is whole without them; the next look at these nights asks again.
      for (let night = from; night < to; night += 1) asked.delete(night)
    }
  }
  const look = () => {
    for (const { from, to } of unasked(asked, model.segments, MOST_NIGHTS)) void ask(from, to)
  }
  const changed = () => {
    const news = heard.get()
    if (news.length > 0 && !news.some(({ entityType }) => entityType === 'PROPERTY')) return
    asked.clear()
    look()
  }
  const stops = [model.subscribe('window', look), heard.subscribe(changed), leadFromHeads(desk, onOpen)]
  look()
  return () => {
    isOver = true
    restraints.set(null)
    for (const stop of stops) stop()
  }
}
