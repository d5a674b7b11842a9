import { useFormat } from '../../i18n/locale'
import { m } from '../../paraglide/messages'
import { Button, IconButton } from '../../ui/Button'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { AmountFields } from './AmountFields'
import { amountFault, newTier, type Reading, type TierDraft, tierFault } from './policyValues'

interface Props {
  tiers: readonly TierDraft[]
  onChange: (tiers: readonly TierDraft[]) => void
  /** Faults are told once somebody tried to save. */
  isTried: boolean
  reading: Reading
}

const most = 10

/** The deadlines of a cancellation, the farthest from the arrival first. */
export function TierFields({ tiers, onChange, isTried, reading }: Props) {
  const put = (index: number, part: Partial<TierDraft>) =>
    onChange(tiers.map((tier, n) => (n === index ? { ...tier, ...part } : tier)))
  return (
    <>
      {tiers.map((tier, n) => (
        <TierRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a deadline has no name but its place
          key={n}
          tier={tier}
          number={n + 1}
          onChange={(part) => put(n, part)}
          onRemove={() => onChange(tiers.filter((_, other) => other !== n))}
          feeFault={isTried ? amountFault(tier.fee, reading) : undefined}
          fault={isTried ? tierFault(tiers, n, reading) : undefined}
        />
      ))}
      {tiers.length < most && (
        <div>
          <Button icon="plus" onPress={() => onChange([...tiers, newTier])}>
            {m.policyTierAdd()}
          </Button>
        </div>
      )}
    </>
  )
}

interface RowProps {
  tier: TierDraft
  number: number
  onChange: (part: Partial<TierDraft>) => void
  onRemove: () => void
  fault: string | undefined
  feeFault: string | undefined
}

function TierRow({ tier, number, onChange, onRemove, fault, feeFault }: RowProps) {
  const format = useFormat()
  const count = format.number(number)
  const units = [
    { id: 'DAYS', label: m.policyUnitDays() },
    { id: 'HOURS', label: m.policyUnitHours() },
  ] as const
  return (
    <fieldset className="space-y-3 rounded-md border border-line p-3">
      <legend className="px-1 font-medium text-muted text-xs">{m.policyTier({ number: count })}</legend>
      <div className="flex items-start gap-3">
        <div className="grid grow items-start gap-x-3 gap-y-4 sm:grid-cols-3">
          <TextField
            label={m.policyTierBefore()}
            value={tier.before}
            onChange={(before) => onChange({ before })}
            error={feeFault ? undefined : fault}
            isRequired
            inputMode="numeric"
          />
          <Select
            label={m.policyTierUnit()}
            choices={units}
            value={tier.unit}
            onChange={(unit) => onChange({ unit })}
          />
          <TextField
            label={m.policyTierAt()}
            type="time"
            value={tier.at}
            onChange={(at) => onChange({ at })}
            isRequired
          />
        </div>
        <IconButton icon="close" label={m.policyTierRemove({ number: count })} onPress={onRemove} />
      </div>
      <AmountFields
        label={m.policyTierFee()}
        value={tier.fee}
        onChange={(fee) => onChange({ fee })}
        error={feeFault}
      />
    </fieldset>
  )
}
