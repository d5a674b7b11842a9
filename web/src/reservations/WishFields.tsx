import { useQuery } from '@tanstack/react-query'
import { featuresOf } from '../kernel/features'
import { m } from '../paraglide/messages'
import { type Room, roomsQuery } from '../setup/queries'
import { useApp } from '../shell/useApp'
import { Checkbox } from '../ui/Choice'
import { Select } from '../ui/Select'
import type { Wishes } from './fields'
import type { FormPart } from './StayFieldSet'

/** What a room of the house can be asked for: what its rooms are noted to have, and its floors. */
function wishable(rooms: readonly Room[]) {
  const used = rooms.filter(({ isActive }) => isActive)
  const sorted = (texts: Iterable<string>) => [...new Set(texts)].toSorted()
  return {
    features: sorted(used.flatMap((room) => featuresOf(room.featuresJson))),
    floors: sorted(used.flatMap(({ floor }) => floor ?? [])),
  }
}

const anyFloor = ''

/** What the room must have, and that of last time if it can be. */
export function WishFields({ draft: { value, change }, errorOf }: FormPart) {
  const { property, may } = useApp()
  const { data } = useQuery({
    ...roomsQuery(property.id),
    enabled: may('pms.rooms.view'),
    staleTime: 300_000,
    select: wishable,
  })
  const { wishes } = value
  const chosen = wishes.features ?? []
  const features = [...new Set([...(data?.features ?? []), ...chosen])]
  const set = (part: Partial<Wishes>) => change({ wishes: { ...wishes, ...part } })
  const fault = errorOf('wishes')
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {features.length > 0 && (
        <fieldset className="sm:col-span-2">
          <legend className="font-medium text-muted text-xs">{m.wishMust()}</legend>
          <div className="flex flex-wrap gap-x-4">
            {features.map((name) => (
              <Checkbox
                key={name}
                isSelected={chosen.includes(name)}
                onChange={(isWished) =>
                  set({ features: isWished ? [...chosen, name] : chosen.filter((one) => one !== name) })
                }
              >
                <bdi>{name}</bdi>
              </Checkbox>
            ))}
          </div>
        </fieldset>
      )}
      {data && data.floors.length > 1 && (
        <Select
          label={m.setupFloor()}
          choices={[
            { id: anyFloor, label: m.wishAnyFloor() },
            ...data.floors.map((floor) => ({ id: floor, label: floor })),
          ]}
          value={wishes.floor ?? anyFloor}
          onChange={(floor) => set({ floor: floor || null })}
        />
      )}
      {value.guestId && (
        <div className="self-end">
          <Checkbox isSelected={wishes.lastRoom === true} onChange={(lastRoom) => set({ lastRoom })}>
            {m.wishLastRoom()}
          </Checkbox>
        </div>
      )}
      {fault && <p className="text-danger-text sm:col-span-2">{fault}</p>}
    </div>
  )
}

/** In one line, for who only reads. */
export const wishWords = ({ features = [], floor, lastRoom }: Wishes): string =>
  [...features, floor && m.wishFloor({ floor }), lastRoom && m.wishLastRoom()].filter(Boolean).join(', ')

/** What a room lacks, as the API names it. */
export const lackWords = (lacks: unknown): string =>
  (Array.isArray(lacks) ? lacks : [])
    .map((one) => (one === 'floor' ? m.wishOtherFloor() : String(one)))
    .join(', ')
