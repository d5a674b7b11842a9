import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, dataOf, writeHeaders } from '../../api/client'
import { useFormat, useSpoken } from '../../i18n/locale'
import { ulid } from '../../kernel/ids'
import { m } from '../../paraglide/messages'
import { ofPlan, packagesQuery } from '../../reservations/packages'
import { useApp } from '../../shell/useApp'
import { Button } from '../../ui/Button'
import { Switch } from '../../ui/Choice'
import { Confirm } from '../../ui/Confirm'
import { FormDialog } from '../../ui/FormDialog'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { notify } from '../../ui/Toast'
import { type Form, useForm } from '../../ui/useForm'
import { policyKinds } from '../policies/policyValues'
import { type Policy, policiesQuery, type RatePlan, ratePlansQuery } from '../queries'
import { DerivedFields } from './DerivedFields'
import {
  checkDerived,
  type DerivedValues,
  derivedBody,
  derivedOf,
  notDerived,
  type Typing,
} from './derivedValues'
import { segmentName, segments } from './segments'

interface PlanValues extends DerivedValues {
  code: string
  name: string
  description: string
  isDefault: boolean
  marketSegment: string
  depositPolicyId: string
  cancellationPolicyId: string
  noShowPolicyId: string
}

/** In the place of an id: the plan names no policy of its own, so that of the property holds. */
const ofProperty = ''

const emptyPlan: PlanValues = {
  code: '',
  name: '',
  description: '',
  isDefault: false,
  marketSegment: '',
  depositPolicyId: ofProperty,
  cancellationPolicyId: ofProperty,
  noShowPolicyId: ofProperty,
  ...notDerived,
}

const valuesOf = (plan: RatePlan, typing: Typing): PlanValues => ({
  ...derivedOf(plan, typing),
  code: plan.code,
  name: plan.name,
  description: plan.description ?? '',
  isDefault: plan.isDefault,
  marketSegment: plan.marketSegment ?? '',
  depositPolicyId: plan.depositPolicyId ?? ofProperty,
  cancellationPolicyId: plan.cancellationPolicyId ?? ofProperty,
  noShowPolicyId: plan.noShowPolicyId ?? ofProperty,
})

const check = (values: PlanValues, typing: Typing) => ({
  ...checkDerived(values, typing),
  code: values.code.trim() ? undefined : m.setupCodeMissing(),
  name: values.name.trim() ? undefined : m.setupNameMissing(),
})

const policyFields = ['depositPolicyId', 'cancellationPolicyId', 'noShowPolicyId'] as const

function bodyOf({ code, name, description, isDefault, marketSegment, ...named }: Partial<PlanValues>) {
  const policies = policyFields.flatMap((field) =>
    named[field] === undefined ? [] : [[field, named[field] || null] as const],
  )
  return {
    ...(code !== undefined ? { code: code.trim() } : {}),
    ...(name !== undefined ? { name: name.trim() } : {}),
    ...(description !== undefined ? { description: description.trim() || null } : {}),
    ...(isDefault !== undefined ? { isDefault } : {}),
    ...(marketSegment !== undefined ? { marketSegment: marketSegment || null } : {}),
    ...Object.fromEntries(policies),
  }
}

const patch = (id: string, body: Record<string, unknown>, key: string, version: number | undefined) =>
  dataOf(
    api.PATCH('/api/v1/pms/rate-plans/{id}', {
      params: { path: { id } },
      body: body as never,
      headers: writeHeaders(key, version),
    }),
  )

export function PlanDialog({ plan, onClose }: { plan: RatePlan | undefined; onClose: () => void }) {
  const { property, may } = useApp()
  const cache = useQueryClient()
  const navigate = useNavigate()
  const [id] = useState(() => plan?.id ?? ulid())
  const [isConfirming, setConfirming] = useState(false)
  const [isTried, setTried] = useState(false)
  const mayManage = may('pms.rates.manage')
  const typing = { currency: property.currency, tag: useSpoken().tag }
  const done = () => {
    void cache.invalidateQueries({ queryKey: ratePlansQuery(property.id).queryKey })
    notify({ text: m.uiFormSaved() })
    onClose()
    if (!plan) void navigate({ to: '.', search: (search) => ({ ...search, plan: id }) })
  }
  const form = useForm<PlanValues, RatePlan, RatePlan>({
    initial: plan ? valuesOf(plan, typing) : emptyPlan,
    version: plan?.version,
    valuesOf: (row) => valuesOf(row, typing),
    check: (values) => {
      setTried(true)
      return check(values, typing)
    },
    send: ({ values, changes, key, version }) => {
      const derived = derivedBody(values, plan ? changes : values, plan, typing)
      if (plan) return patch(id, { ...bodyOf(changes), ...derived }, key, version)
      const body = { id, propertyId: property.id, ...bodyOf(values), ...derived } as never
      return dataOf(api.POST('/api/v1/pms/rate-plans', { body, headers: writeHeaders(key) }))
    },
    onSaved: done,
  })
  const label = plan?.isActive ? m.setupDeactivate() : m.setupReactivate()
  return (
    <>
      <FormDialog
        title={plan ? m.setupPlanTitle({ name: plan.name }) : m.setupPlanNew()}
        form={form}
        onClose={onClose}
        submitLabel={plan ? m.uiFormSave() : m.setupPlanCreate()}
        isReadOnly={!mayManage}
        extra={plan && mayManage && <Button onPress={() => setConfirming(true)}>{label}</Button>}
      >
        <PlanFields form={form} plan={plan} isTried={isTried} isReadOnly={!mayManage} />
      </FormDialog>
      {plan && isConfirming && (
        <Confirm
          title={plan.isActive ? m.setupTypeDeactivateTitle({ name: plan.name }) : m.setupReactivateTitle()}
          label={label}
          isDanger={plan.isActive}
          run={(key) => patch(id, { isActive: !plan.isActive }, key, plan.version)}
          onDone={done}
          onClose={() => setConfirming(false)}
        >
          {plan.isActive ? m.setupPlanDeactivateText() : m.setupPlanReactivateText()}
        </Confirm>
      )}
    </>
  )
}

interface FieldsProps {
  form: Form<PlanValues>
  plan: RatePlan | undefined
  /** Faults are told once somebody tried to save. */
  isTried: boolean
  isReadOnly: boolean
}

function PlanFields({ form, plan, ...how }: FieldsProps) {
  const isDefault = plan?.isDefault ?? false
  const { property } = useApp()
  const { value, onChange } = form.field('isDefault')
  return (
    <>
      <div className="grid gap-x-3 gap-y-4 sm:grid-cols-3">
        <TextField
          label={m.setupCode()}
          description={m.setupPlanCodeHelp()}
          {...form.field('code')}
          isRequired
        />
        <TextField label={m.setupName()} {...form.field('name')} isRequired className="sm:col-span-2" />
      </div>
      <TextField label={m.setupDescription()} rows={2} {...form.field('description')} />
      <Select
        label={m.segmentLabel()}
        description={m.segmentLabelHelp()}
        choices={[
          { id: '', label: m.segmentNone() },
          ...segments.map((id) => ({ id, label: segmentName(id) })),
        ]}
        {...form.field('marketSegment')}
      />
      <div>
        <Switch isSelected={value} onChange={onChange} isDisabled={isDefault}>
          {m.setupPlanIsDefault()}
        </Switch>
        <p className="text-muted text-xs">
          {isDefault ? m.setupPlanDefaultFixed() : m.setupPlanDefaultHelp()}
        </p>
      </div>
      <DerivedFields form={form as unknown as Form<DerivedValues>} plan={plan} {...how} />
      <PlanPolicies form={form} />
      {plan && <PlanPackages plan={plan} />}
      <p className="text-muted text-xs">{m.setupPlanCurrency({ currency: property.currency })}</p>
    </>
  )
}

/** What every stay at the plan has; each package says itself with which it is sold. */
function PlanPackages({ plan }: { plan: RatePlan }) {
  const format = useFormat()
  const { data: all = [] } = useQuery(packagesQuery(plan.propertyId))
  const names = ofPlan(all, plan.id).map(({ name }) => name)
  if (names.length === 0) return null
  return <p>{m.setupPlanPackages({ names: format.list(names) })}</p>
}

/** Which policies hold for bookings at the plan. */
function PlanPolicies({ form }: { form: Form<PlanValues> }) {
  const { property } = useApp()
  const { data: all = [] } = useQuery(policiesQuery(property.id))
  const choices = (kind: Policy['kind'], chosen: string) => {
    const own = all.filter((one) => one.kind === kind)
    const standard = own.find((one) => one.isDefault)
    const label = standard ? m.policyOfProperty({ name: standard.name }) : m.policyOfPropertyNone()
    const offered = own.filter((one) => one.isActive || one.id === chosen)
    return [{ id: ofProperty, label }, ...offered.map(({ id, name }) => ({ id, label: name }))]
  }
  const kinds = [
    { field: 'depositPolicyId', kind: 'DEPOSIT' },
    { field: 'cancellationPolicyId', kind: 'CANCELLATION' },
    { field: 'noShowPolicyId', kind: 'NO_SHOW' },
  ] as const
  return (
    <div className="grid items-start gap-x-3 gap-y-4 sm:grid-cols-3">
      {kinds.map(({ field, kind }) => (
        <Select
          key={field}
          label={policyKinds[kind]()}
          choices={choices(kind, form.values[field])}
          {...form.field(field)}
        />
      ))}
    </div>
  )
}
