import { useFormat } from '../../i18n/locale'
import { addDays, day } from '../../kernel/dates'
import { m } from '../../paraglide/messages'
import { basisNames, type PostingRhythm, type PriceBasis, rhythmNames } from '../../reservations/packages'
import { useApp } from '../../shell/useApp'
import { Button, IconButton } from '../../ui/Button'
import { Icon } from '../../ui/Icon'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { Weekdays } from '../grid/Weekdays'
import type { Reading } from '../policies/policyValues'
import { type ItemDraft, itemFaults, newItem, postedNights, previewNights } from './packageValues'

interface Props {
  items: readonly ItemDraft[]
  onChange: (items: readonly ItemDraft[]) => void
  /** Faults are told once somebody tried to save. */
  isTried: boolean
  reading: Reading
  isReadOnly: boolean
}

const most = 20

/** The parts of a package, in the order in which they are posted. */
export function ItemFields({ items, onChange, isTried, reading, isReadOnly }: Props) {
  const put = (index: number, part: Partial<ItemDraft>) =>
    onChange(items.map((item, n) => (n === index ? { ...item, ...part } : item)))
  return (
    <>
      {items.map((item, n) => (
        <ItemRow
          // biome-ignore lint/suspicious/noArrayIndexKey: an item that is being typed has no name but its place
          key={n}
          item={item}
          number={n + 1}
          reading={reading}
          faults={isTried ? itemFaults(item, reading) : {}}
          onChange={(part) => put(n, part)}
          onRemove={
            items.length > 1 && !isReadOnly
              ? () => onChange(items.filter((_, other) => other !== n))
              : undefined
          }
        />
      ))}
      {items.length < most && !isReadOnly && (
        <div>
          <Button icon="plus" onPress={() => onChange([...items, newItem])}>
            {m.packageItemAdd()}
          </Button>
        </div>
      )}
    </>
  )
}

interface RowProps {
  item: ItemDraft
  number: number
  reading: Reading
  faults: Partial<Record<keyof ItemDraft, string>>
  onChange: (part: Partial<ItemDraft>) => void
  onRemove: (() => void) | undefined
}

const bases = () => (Object.keys(basisNames) as PriceBasis[]).map((id) => ({ id, label: basisNames[id]() }))
const rhythms = () =>
  (Object.keys(rhythmNames) as PostingRhythm[]).map((id) => ({ id, label: rhythmNames[id]() }))

function ItemRow({ item, number, reading, faults, onChange, onRemove }: RowProps) {
  const { property } = useApp()
  const count = useFormat().number(number)
  return (
    <fieldset className="space-y-3 rounded-md border border-line p-3">
      <legend className="px-1 font-medium text-muted text-xs">{m.packageItem({ number: count })}</legend>
      <div className="flex items-start gap-3">
        <div className="grid grow items-start gap-x-3 gap-y-4 sm:grid-cols-3">
          <TextField
            label={m.packageItemName()}
            value={item.name}
            onChange={(name) => onChange({ name })}
            error={faults.name}
            isRequired
            className="sm:col-span-2"
          />
          <TextField
            label={m.folioAmountIn({ currency: property.currency })}
            value={item.amountCents}
            onChange={(amountCents) => onChange({ amountCents })}
            error={faults.amountCents}
            isRequired
            inputMode="decimal"
          />
        </div>
        {onRemove && (
          <IconButton icon="close" label={m.packageItemRemove({ number: count })} onPress={onRemove} />
        )}
      </div>
      <div className="grid items-start gap-x-3 gap-y-4 sm:grid-cols-2">
        <Select
          label={m.packageBasis()}
          choices={bases()}
          value={item.priceBasis}
          onChange={(priceBasis) => onChange({ priceBasis })}
        />
        <Select
          label={m.packageRhythm()}
          choices={rhythms()}
          value={item.postingRhythm}
          onChange={(postingRhythm) => onChange({ postingRhythm })}
        />
        <RhythmFields item={item} faults={faults} onChange={onChange} />
      </div>
      <RhythmPreview item={item} reading={reading} />
    </fieldset>
  )
}

/** What a rhythm asks for beyond its name. */
function RhythmFields({ item, faults, onChange }: Pick<RowProps, 'item' | 'faults' | 'onChange'>) {
  if (item.postingRhythm === 'WEEKDAYS')
    return (
      <div className="sm:col-span-2">
        <Weekdays
          value={item.weekdays}
          onChange={(weekdays) => onChange({ weekdays })}
          error={faults.weekdays}
        />
      </div>
    )
  if (item.postingRhythm !== 'EVERY_N') return null
  return (
    <>
      <TextField
        label={m.packageEveryNights()}
        value={item.everyNights}
        onChange={(everyNights) => onChange({ everyNights })}
        error={faults.everyNights}
        isRequired
        inputMode="numeric"
      />
      <TextField
        label={m.packageFromNight()}
        description={m.packageFromNightHelp()}
        value={item.fromNight}
        onChange={(fromNight) => onChange({ fromNight })}
        error={faults.fromNight}
        isRequired
        inputMode="numeric"
      />
    </>
  )
}

/** The nights of a stay that begins today, those ticked on which the item is posted. Of the others nothing is read out. */
function RhythmPreview({ item, reading }: Pick<RowProps, 'item' | 'reading'>) {
  const { property } = useApp()
  const format = useFormat()
  const start = day(property.businessDate)
  const nights = previewNights(item, reading)
  const posted = postedNights(item, start, nights, reading)
  const label = m.packagePreview({ count: nights })
  return (
    <div>
      <p className="mb-1 text-muted text-xs">{label}</p>
      <ol aria-label={label} className="flex flex-wrap gap-1 text-xs">
        {Array.from({ length: nights }, (_, n) => {
          const isPosted = posted.includes(n + 1)
          const date = addDays(start, n)
          return (
            <li
              key={date}
              aria-hidden={!isPosted}
              data-posted={isPosted || undefined}
              className={`inline-flex min-w-12 items-center justify-center gap-0.5 rounded-sm border px-1 py-0.5 ${
                isPosted
                  ? 'border-transparent bg-accent-soft font-semibold text-accent-text'
                  : 'border-line border-dashed text-muted'
              }`}
            >
              {isPosted && <Icon name="check" className="size-3!" />}
              {format.day(date, 'weekday')}
            </li>
          )
        })}
      </ol>
    </div>
  )
}
