import { m } from '../../paraglide/messages'
import { useApp } from '../../shell/useApp'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { type AmountDraft, type AmountKind, amountKinds } from './policyValues'

interface Props {
  label: string
  value: AmountDraft
  onChange: (value: AmountDraft) => void
  error: string | undefined
  /** A deposit of nothing is none. */
  isDeposit?: boolean
}

/** A part of the stay or a fixed amount: which, and how much. */
export function AmountFields({ label, value, onChange, error, isDeposit = false }: Props) {
  const { property } = useApp()
  const kinds = (Object.keys(amountKinds) as AmountKind[]).filter((kind) => !isDeposit || kind !== 'NOTHING')
  const set = (part: Partial<AmountDraft>) => onChange({ ...value, ...part })
  const isBare = value.kind === 'NOTHING' || value.kind === 'WHOLE_STAY'
  return (
    <div className="grid items-start gap-x-3 gap-y-4 sm:grid-cols-2">
      <Select
        label={label}
        choices={kinds.map((id) => ({ id, label: amountKinds[id]() }))}
        value={value.kind}
        onChange={(kind) => set({ kind })}
        error={isBare ? error : undefined}
      />
      {value.kind === 'PERCENT' && (
        <TextField
          label={m.taxPercent()}
          value={value.percent}
          onChange={(percent) => set({ percent })}
          error={error}
          isRequired
          inputMode="decimal"
        />
      )}
      {value.kind === 'NIGHTS' && (
        <TextField
          label={m.policyNightsCount()}
          value={value.nights}
          onChange={(nights) => set({ nights })}
          error={error}
          isRequired
          inputMode="numeric"
        />
      )}
      {value.kind === 'FIXED' && (
        <TextField
          label={m.folioAmountIn({ currency: property.currency })}
          value={value.amountCents}
          onChange={(amountCents) => set({ amountCents })}
          error={error}
          isRequired
          inputMode="decimal"
        />
      )}
    </div>
  )
}
