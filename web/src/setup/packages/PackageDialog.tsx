import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, dataOf, writeHeaders } from '../../api/client'
import { ulid } from '../../kernel/ids'
import { m } from '../../paraglide/messages'
import type { Package } from '../../reservations/packages'
import { useApp } from '../../shell/useApp'
import { Button } from '../../ui/Button'
import { Switch } from '../../ui/Choice'
import { Confirm } from '../../ui/Confirm'
import { DatePicker } from '../../ui/DatePicker'
import { FormDialog } from '../../ui/FormDialog'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { notify } from '../../ui/Toast'
import { type Form, useForm } from '../../ui/useForm'
import { useReading } from '../policies/useReading'
import { ratePlansQuery } from '../queries'
import { ItemFields } from './ItemFields'
import { bodyOfPackage, checkPackage, newPackage, type PackageValues, valuesOfPackage } from './packageValues'

const patch = (id: string, body: Record<string, unknown>, key: string, version: number | undefined) =>
  dataOf(
    api.PATCH('/api/v1/pms/packages/{id}', {
      params: { path: { id } },
      body: body as never,
      headers: writeHeaders(key, version),
    }),
  )

/** Makes a package, changes it, or takes it out of use. Bookings keep theirs. */
export function PackageDialog({ row, onClose }: { row: Package | undefined; onClose: () => void }) {
  const { property, may } = useApp()
  const cache = useQueryClient()
  const reading = useReading()
  const [id] = useState(() => row?.id ?? ulid())
  const [isTried, setTried] = useState(false)
  const [isConfirming, setConfirming] = useState(false)
  const mayManage = may('pms.rates.manage')
  const done = () => {
    void cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' })
    notify({ text: m.uiFormSaved() })
    onClose()
  }
  const form = useForm<PackageValues, Package, Package>({
    initial: row ? valuesOfPackage(row, reading) : newPackage,
    version: row?.version,
    valuesOf: (theirs) => valuesOfPackage(theirs, reading),
    check: (values) => {
      setTried(true)
      return checkPackage(values, reading)
    },
    send: ({ values, changes, key, version }) => {
      if (row) return patch(id, bodyOfPackage(changes, reading), key, version)
      const body = { id, propertyId: property.id, ...bodyOfPackage(values, reading) }
      return dataOf(api.POST('/api/v1/pms/packages', { body: body as never, headers: writeHeaders(key) }))
    },
    onSaved: done,
  })
  const label = row?.isActive ? m.setupDeactivate() : m.setupReactivate()
  const { value: items, onChange, error } = form.field('items')
  return (
    <>
      <FormDialog
        title={row ? m.packageTitle({ name: row.name }) : m.packageNew()}
        form={form}
        onClose={onClose}
        submitLabel={row ? m.uiFormSave() : m.packageCreate()}
        isReadOnly={!mayManage}
        width="wide"
        extra={row && mayManage && <Button onPress={() => setConfirming(true)}>{label}</Button>}
      >
        <Names form={form} />
        <Sold form={form} />
        <ItemFields {...{ items, onChange, isTried, reading }} isReadOnly={!mayManage} />
        {error && (
          <p role="alert" className="text-danger-text text-xs">
            {error}
          </p>
        )}
      </FormDialog>
      {row && isConfirming && (
        <Confirm
          title={row.isActive ? m.setupTypeDeactivateTitle({ name: row.name }) : m.setupReactivateTitle()}
          label={label}
          isDanger={row.isActive}
          run={(key) => patch(id, { isActive: !row.isActive }, key, row.version)}
          onDone={done}
          onClose={() => setConfirming(false)}
        >
          {row.isActive ? m.packageDeactivateText() : m.packageReactivateText()}
        </Confirm>
      )}
    </>
  )
}

function Names({ form }: { form: Form<PackageValues> }) {
  return (
    <>
      <div className="grid items-start gap-x-3 gap-y-4 sm:grid-cols-3">
        <TextField label={m.setupCode()} {...form.field('code')} isRequired />
        <TextField label={m.setupName()} {...form.field('name')} isRequired className="sm:col-span-2" />
      </div>
      <TextField label={m.setupDescription()} rows={2} {...form.field('description')} />
    </>
  )
}

/** With which stays, in which price, and when. */
function Sold({ form }: { form: Form<PackageValues> }) {
  const { property } = useApp()
  const { data: plans = [] } = useQuery(ratePlansQuery(property.id))
  const { value: isIncluded, onChange } = form.field('isIncluded')
  const offered = plans.filter((plan) => plan.isActive || plan.id === form.values.ratePlanId)
  return (
    <>
      <Select
        label={m.packageSold()}
        choices={[
          { id: '', label: m.packageChosen() },
          ...offered.map(({ id, name }) => ({ id, label: m.packageWithPlan({ name }) })),
        ]}
        {...form.field('ratePlanId')}
      />
      <div>
        <Switch isSelected={isIncluded} onChange={onChange}>
          {m.packageIncluded()}
        </Switch>
        <p className="text-muted text-xs">{isIncluded ? m.packageIncludedHelp() : m.packageOnTopHelp()}</p>
      </div>
      <div className="grid items-start gap-x-3 gap-y-4 sm:grid-cols-2">
        <DatePicker label={m.taxFrom()} description={m.taxFromHelp()} {...form.field('validFrom')} />
        <DatePicker label={m.taxLastDay()} description={m.taxLastDayHelp()} {...form.field('validTo')} />
      </div>
    </>
  )
}
