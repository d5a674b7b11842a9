import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, dataOf, writeHeaders } from '../../api/client'
import { ulid } from '../../kernel/ids'
import { m } from '../../paraglide/messages'
import { useApp } from '../../shell/useApp'
import { Button } from '../../ui/Button'
import { Switch } from '../../ui/Choice'
import { Confirm } from '../../ui/Confirm'
import { FormDialog } from '../../ui/FormDialog'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { notify } from '../../ui/Toast'
import { type Form, useForm } from '../../ui/useForm'
import type { Policy } from '../queries'
import { AmountFields } from './AmountFields'
import {
  bodyOfPolicy,
  checkPolicy,
  newPolicy,
  type PolicyKind,
  type PolicyValues,
  policyKinds,
  type Reading,
  valuesOfPolicy,
} from './policyValues'
import { TierFields } from './TierFields'
import { useReading } from './useReading'

const patch = (id: string, body: Record<string, unknown>, key: string, version: number | undefined) =>
  dataOf(
    api.PATCH('/api/v1/pms/policies/{id}', {
      params: { path: { id } },
      body: body as never,
      headers: writeHeaders(key, version),
    }),
  )

/** Makes a policy, changes it, or takes it out of use. Bookings keep theirs. */
export function PolicyDialog({ policy, onClose }: { policy: Policy | undefined; onClose: () => void }) {
  const { property, may } = useApp()
  const cache = useQueryClient()
  const reading = useReading()
  const [id] = useState(() => policy?.id ?? ulid())
  const [isTried, setTried] = useState(false)
  const [isConfirming, setConfirming] = useState(false)
  const mayManage = may('pms.rates.manage')
  const done = () => {
    void cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' })
    notify({ text: m.uiFormSaved() })
    onClose()
  }
  const form = useForm<PolicyValues, Policy, Policy>({
    initial: policy ? valuesOfPolicy(policy, reading) : newPolicy,
    version: policy?.version,
    valuesOf: (row) => valuesOfPolicy(row, reading),
    check: (values) => {
      setTried(true)
      return checkPolicy(values, reading)
    },
    send: ({ values, changes, key, version }) => {
      if (policy) return patch(id, bodyOfPolicy(values, changes, reading), key, version)
      const told = {
        id,
        propertyId: property.id,
        kind: values.kind,
        ...bodyOfPolicy(values, values, reading),
      }
      return dataOf(api.POST('/api/v1/pms/policies', { body: told as never, headers: writeHeaders(key) }))
    },
    onSaved: done,
  })
  const label = policy?.isActive ? m.setupDeactivate() : m.setupReactivate()
  return (
    <>
      <FormDialog
        title={policy ? m.policyTitle({ name: policy.name }) : m.policyNew()}
        form={form}
        onClose={onClose}
        submitLabel={policy ? m.uiFormSave() : m.policyCreate()}
        isReadOnly={!mayManage}
        width="wide"
        extra={policy && mayManage && <Button onPress={() => setConfirming(true)}>{label}</Button>}
      >
        <Names form={form} isNew={!policy} />
        <Terms form={form} reading={reading} isTried={isTried} />
        <TextField
          label={m.policyGuestText()}
          description={m.policyGuestTextHelp()}
          rows={2}
          {...form.field('guestText')}
        />
        <Default form={form} isDefault={policy?.isDefault ?? false} />
      </FormDialog>
      {policy && isConfirming && (
        <Confirm
          title={
            policy.isActive ? m.setupTypeDeactivateTitle({ name: policy.name }) : m.setupReactivateTitle()
          }
          label={label}
          isDanger={policy.isActive}
          run={(key) => patch(id, { isActive: !policy.isActive }, key, policy.version)}
          onDone={done}
          onClose={() => setConfirming(false)}
        >
          {policy.isActive ? m.policyDeactivateText() : m.policyReactivateText()}
        </Confirm>
      )}
    </>
  )
}

function Names({ form, isNew }: { form: Form<PolicyValues>; isNew: boolean }) {
  const kinds = (Object.keys(policyKinds) as PolicyKind[]).map((id) => ({ id, label: policyKinds[id]() }))
  return (
    <>
      {isNew && <Select label={m.policyKind()} choices={kinds} {...form.field('kind')} />}
      <div className="grid items-start gap-x-3 gap-y-4 sm:grid-cols-3">
        <TextField label={m.setupCode()} {...form.field('code')} isRequired />
        <TextField label={m.setupName()} {...form.field('name')} isRequired className="sm:col-span-2" />
      </div>
    </>
  )
}

interface TermsProps {
  form: Form<PolicyValues>
  reading: Reading
  isTried: boolean
}

function Terms({ form, reading, isTried }: TermsProps) {
  const { kind, tiers } = form.values
  const labels: Record<PolicyKind, string> = {
    DEPOSIT: m.policyDepositAsked(),
    CANCELLATION: tiers.length > 0 ? m.policyAfterwards() : m.policyAlwaysCosts(),
    NO_SHOW: m.policyNoShowCosts(),
  }
  return (
    <>
      {kind === 'CANCELLATION' && (
        <TierFields
          tiers={tiers}
          onChange={(value) => form.set({ tiers: value })}
          isTried={isTried}
          reading={reading}
        />
      )}
      <AmountFields label={labels[kind]} {...form.field('amount')} isDeposit={kind === 'DEPOSIT'} />
      {kind === 'DEPOSIT' && (
        <TextField
          label={m.policyDueDays()}
          description={m.policyDueDaysHelp()}
          {...form.field('days')}
          inputMode="numeric"
        />
      )}
    </>
  )
}

function Default({ form, isDefault }: { form: Form<PolicyValues>; isDefault: boolean }) {
  const { value, onChange } = form.field('isDefault')
  return (
    <div>
      <Switch isSelected={value} onChange={onChange}>
        {m.policyIsDefault()}
      </Switch>
      <p className="text-muted text-xs">{isDefault ? m.policyDefaultIs() : m.policyDefaultHelp()}</p>
    </div>
  )
}
