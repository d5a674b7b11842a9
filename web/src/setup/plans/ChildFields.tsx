import { useFormat, useSpoken } from '../../i18n/locale'
import { m } from '../../paraglide/messages'
import { useApp } from '../../shell/useApp'
import { Button, IconButton } from '../../ui/Button'
import { TextField } from '../../ui/TextField'
import { type ChildDraft, childFaults, mostChildRates, newChild } from './childRates'
import { childReading } from './derivedValues'

interface Props {
  rates: readonly ChildDraft[]
  onChange: (rates: readonly ChildDraft[]) => void
  /** Faults are told once somebody tried to save. */
  isTried: boolean
  isReadOnly: boolean
}

/** What children pay for a night, by their age. */
export function ChildFields({ rates, onChange, isTried, isReadOnly }: Props) {
  const { property } = useApp()
  const { tag } = useSpoken()
  const reading = childReading({ currency: property.currency, tag })
  const put = (index: number, part: Partial<ChildDraft>) =>
    onChange(rates.map((rate, n) => (n === index ? { ...rate, ...part } : rate)))
  return (
    <fieldset className="space-y-3">
      <legend className="mb-1 font-medium text-muted text-xs">{m.setupChildren()}</legend>
      {rates.map((rate, n) => (
        <ChildRow
          // biome-ignore lint/suspicious/noArrayIndexKey: ages that are being typed have no name but their place
          key={n}
          rate={rate}
          number={n + 1}
          faults={isTried ? childFaults(rates, n, reading) : {}}
          onChange={(part) => put(n, part)}
          onRemove={isReadOnly ? undefined : () => onChange(rates.filter((_, other) => other !== n))}
        />
      ))}
      <p className="text-muted text-xs">{m.setupChildrenHelp()}</p>
      {rates.length < mostChildRates && !isReadOnly && (
        <Button icon="plus" onPress={() => onChange([...rates, newChild])}>
          {m.setupChildAdd()}
        </Button>
      )}
    </fieldset>
  )
}

interface RowProps {
  rate: ChildDraft
  number: number
  faults: Partial<Record<keyof ChildDraft, string>>
  onChange: (part: Partial<ChildDraft>) => void
  onRemove: (() => void) | undefined
}

function ChildRow({ rate, number, faults, onChange, onRemove }: RowProps) {
  const { property } = useApp()
  const count = useFormat().number(number)
  const label = m.setupChildAges({ number: count })
  return (
    // biome-ignore lint/a11y/useSemanticElements: it stands within a fieldset, and needs no frame of its own
    <div role="group" aria-label={label} className="flex items-start gap-3">
      <div className="grid grow grid-cols-2 items-start gap-3 sm:grid-cols-3">
        <TextField
          label={m.setupChildFrom()}
          value={rate.from}
          onChange={(from) => onChange({ from })}
          error={faults.from}
          inputMode="numeric"
        />
        <TextField
          label={m.setupChildTo()}
          value={rate.to}
          onChange={(to) => onChange({ to })}
          error={faults.to}
          inputMode="numeric"
        />
        <TextField
          label={m.setupChildAmount({ currency: property.currency })}
          value={rate.amount}
          onChange={(amount) => onChange({ amount })}
          error={faults.amount}
          inputMode="decimal"
          className="max-sm:col-span-2"
        />
      </div>
      {onRemove && (
        <IconButton icon="close" label={m.setupChildRemove({ number: count })} onPress={onRemove} />
      )}
    </div>
  )
}
