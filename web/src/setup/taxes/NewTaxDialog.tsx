import { useQueryClient } from '@tanstack/react-query'
import { api, dataOf, writeHeaders } from '../../api/client'
import { useSpoken } from '../../i18n/locale'
import { parseMoney, westernDigits } from '../../kernel/money'
import { m } from '../../paraglide/messages'
import { useApp } from '../../shell/useApp'
import { Checkbox, Switch } from '../../ui/Choice'
import { DatePicker } from '../../ui/DatePicker'
import { FormDialog } from '../../ui/FormDialog'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { notify } from '../../ui/Toast'
import { type Form, useForm } from '../../ui/useForm'
import {
  bodyOfTax,
  checkTax,
  kindNames,
  newTax,
  type Reading,
  type TaxKind,
  type TaxRule,
  type TaxValues,
} from './taxValues'

const kinds = () => (Object.keys(kindNames) as TaxKind[]).map((id) => ({ id, label: kindNames[id]() }))

function useReading(): Reading {
  const { tag } = useSpoken()
  const { property } = useApp()
  return {
    amount: (text) => parseMoney(text, property.currency, tag),
    plain: (text) => westernDigits(text, tag).replace('٫', '.'),
  }
}

/** Its value never changes: another value is another rule, from its day on. */
export function NewTaxDialog({ onClose }: { onClose: () => void }) {
  const { property } = useApp()
  const cache = useQueryClient()
  const reading = useReading()
  const form = useForm<TaxValues, TaxRule, TaxRule>({
    initial: newTax,
    check: (values) => checkTax(values, reading),
    send: ({ values, key }) => {
      const body = bodyOfTax(values, property.id, reading)
      return dataOf(api.POST('/api/v1/pms/tax-rules', { body, headers: writeHeaders(key) }))
    },
    onSaved: () => {
      void cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' })
      notify({ text: m.uiFormSaved() })
      onClose()
    },
  })
  return (
    <FormDialog title={m.taxNew()} form={form} onClose={onClose} submitLabel={m.taxCreate()}>
      <Value form={form} />
      <AppliesTo {...form.field('appliesTo')} />
      <Limits form={form} />
    </FormDialog>
  )
}

function Value({ form }: { form: Form<TaxValues> }) {
  const { property } = useApp()
  const { values, set } = form
  return (
    <>
      <div className="grid items-start gap-x-3 gap-y-4 sm:grid-cols-3">
        <TextField label={m.setupCode()} {...form.field('code')} isRequired autoFocus />
        <TextField
          label={m.setupName()}
          description={m.taxNameHelp()}
          {...form.field('name')}
          isRequired
          className="sm:col-span-2"
        />
        <Select label={m.taxKind()} choices={kinds()} {...form.field('kind')} className="sm:col-span-2" />
        {values.kind === 'PERCENT' ? (
          <TextField label={m.taxPercent()} {...form.field('percent')} isRequired inputMode="decimal" />
        ) : (
          <TextField
            label={m.folioAmountIn({ currency: property.currency })}
            {...form.field('amountCents')}
            isRequired
            inputMode="decimal"
          />
        )}
      </div>
      <div className="flex flex-wrap gap-x-6">
        <Switch isSelected={values.isInclusive} onChange={(isInclusive) => set({ isInclusive })}>
          {m.taxInclusive()}
        </Switch>
        <Switch isSelected={values.isFee} onChange={(isFee) => set({ isFee })}>
          {m.taxFee()}
        </Switch>
      </div>
    </>
  )
}

interface AppliesToProps {
  value: TaxValues['appliesTo']
  onChange: (value: TaxValues['appliesTo']) => void
  error: string | undefined
}

function AppliesTo({ value, onChange, error }: AppliesToProps) {
  const choices = [
    { id: 'ROOM_CHARGE', label: m.taxOnNights() },
    { id: 'ADJUSTMENT', label: m.taxOnOthers() },
    { id: 'CANCELLATION_FEE', label: m.taxOnCancellation() },
    { id: 'NO_SHOW_FEE', label: m.taxOnNoShow() },
  ] as const
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-muted text-xs">{m.taxAppliesTo()}</legend>
      <div className="flex flex-wrap gap-x-6">
        {choices.map(({ id, label }) => (
          <Checkbox
            key={id}
            isSelected={value.includes(id)}
            onChange={(isChosen) => onChange(isChosen ? [...value, id] : value.filter((one) => one !== id))}
          >
            {label}
          </Checkbox>
        ))}
      </div>
      {error && (
        <p role="alert" className="text-danger-text text-xs">
          {error}
        </p>
      )}
    </fieldset>
  )
}

function Limits({ form }: { form: Form<TaxValues> }) {
  return (
    <div className="grid items-start gap-x-3 gap-y-4 sm:grid-cols-2">
      <DatePicker label={m.taxFrom()} description={m.taxFromHelp()} {...form.field('validFrom')} />
      <DatePicker label={m.taxLastDay()} description={m.taxLastDayHelp()} {...form.field('validTo')} />
      <TextField
        label={m.taxMinimumAge()}
        description={m.taxMinimumAgeHelp()}
        {...form.field('minimumAge')}
        inputMode="numeric"
      />
      <TextField
        label={m.taxMaximumNights()}
        description={m.taxMaximumNightsHelp()}
        {...form.field('maximumNights')}
        inputMode="numeric"
      />
    </div>
  )
}
