import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, dataOf, type Schemas, writeHeaders } from '../../api/client'
import type { Day } from '../../kernel/dates'
import { m } from '../../paraglide/messages'
import { useApp } from '../../shell/useApp'
import { Button } from '../../ui/Button'
import { Confirm } from '../../ui/Confirm'
import { DatePicker } from '../../ui/DatePicker'
import { FormDialog } from '../../ui/FormDialog'
import { TextField } from '../../ui/TextField'
import { notify } from '../../ui/Toast'
import { useForm } from '../../ui/useForm'
import { useTaxValue } from './TaxesSection'
import { endAfter, kindNames, lastDayOf, type TaxRule } from './taxValues'

interface Change {
  name: string
  validTo: Day | null
}

const patch = (
  id: string,
  body: Partial<Schemas['TaxRuleChange']>,
  key: string,
  version: number | undefined,
) =>
  dataOf(
    api.PATCH('/api/v1/pms/tax-rules/{id}', {
      params: { path: { id } },
      body: body as never,
      headers: writeHeaders(key, version),
    }),
  )

const valuesOf = (rule: TaxRule): Change => ({ name: rule.name, validTo: lastDayOf(rule) })

/** Renames a rule, ends it, or takes it out of use. */
export function TaxDialog({ rule, onClose }: { rule: TaxRule; onClose: () => void }) {
  const { may } = useApp()
  const cache = useQueryClient()
  const [isConfirming, setConfirming] = useState(false)
  const mayManage = may('pms.rates.manage')
  const done = () => {
    void cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' })
    notify({ text: m.uiFormSaved() })
    onClose()
  }
  const form = useForm<Change, TaxRule, TaxRule>({
    initial: valuesOf(rule),
    version: rule.version,
    valuesOf,
    check: ({ name, validTo }) => ({
      name: name.trim() ? undefined : m.setupNameMissing(),
      validTo: rule.validFrom && validTo && validTo < rule.validFrom ? m.taxEndsBefore() : undefined,
    }),
    send: ({ changes, key, version }) => {
      const body = {
        ...(changes.name !== undefined ? { name: changes.name.trim() } : {}),
        ...(changes.validTo !== undefined ? { validTo: endAfter(changes.validTo) } : {}),
      }
      return patch(rule.id, body, key, version)
    },
    onSaved: done,
  })
  const label = rule.isActive ? m.setupDeactivate() : m.setupReactivate()
  return (
    <>
      <FormDialog
        title={m.taxTitle({ code: rule.code })}
        form={form}
        onClose={onClose}
        submitLabel={m.uiFormSave()}
        isReadOnly={!mayManage}
        lead={<Facts rule={rule} />}
        extra={mayManage && <Button onPress={() => setConfirming(true)}>{label}</Button>}
      >
        <TextField label={m.setupName()} {...form.field('name')} isRequired />
        <DatePicker label={m.taxLastDay()} description={m.taxLastDayHelp()} {...form.field('validTo')} />
      </FormDialog>
      {isConfirming && (
        <Confirm
          title={rule.isActive ? m.setupTypeDeactivateTitle({ name: rule.name }) : m.setupReactivateTitle()}
          label={label}
          isDanger={rule.isActive}
          run={(key) => patch(rule.id, { isActive: !rule.isActive }, key, rule.version)}
          onDone={done}
          onClose={() => setConfirming(false)}
        >
          {rule.isActive ? m.taxDeactivateText() : m.taxReactivateText()}
        </Confirm>
      )}
    </>
  )
}

/** What does not change any more. */
function Facts({ rule }: { rule: TaxRule }) {
  const value = useTaxValue()
  return (
    <p className="text-muted">
      {[
        value(rule),
        kindNames[rule.kind](),
        rule.isInclusive ? m.taxIsInclusive() : m.taxIsOnTop(),
        ...(rule.isFee ? [m.taxIsFee()] : []),
      ].join(' · ')}
      <span className="block">{m.taxValueFixed()}</span>
    </p>
  )
}
