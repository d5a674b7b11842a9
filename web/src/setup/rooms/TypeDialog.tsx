import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, dataOf, writeHeaders } from '../../api/client'
import { ulid } from '../../kernel/ids'
import { m } from '../../paraglide/messages'
import { useApp } from '../../shell/useApp'
import { Button } from '../../ui/Button'
import { Confirm } from '../../ui/Confirm'
import { FormDialog } from '../../ui/FormDialog'
import { LineList } from '../../ui/LineList'
import { NumberField, TextField } from '../../ui/TextField'
import { notify } from '../../ui/Toast'
import { type Form, useForm } from '../../ui/useForm'
import { type RoomType, roomTypesQuery } from '../queries'
import { changeType } from './changeType'
import { type BedValue, bodyOfType, emptyType, type TypeValues, valuesOf } from './typeValues'

const check = (values: TypeValues) => ({
  code: values.code.trim() ? undefined : m.setupCodeMissing(),
  name: values.name.trim() ? undefined : m.setupNameMissing(),
  maxOccupancy:
    values.maxOccupancy < Math.max(values.maxAdults, values.maxChildren) ? m.setupTypeTooFew() : undefined,
  upgradeRank: /^\s*\d{0,3}\s*$/.test(values.upgradeRank) ? undefined : m.setupUpgradeRankFault(),
})

export interface TypeDialogProps {
  /** None for a new one. */
  type: RoomType | undefined
  lastOrder: number
  onClose: () => void
}

export function TypeDialog({ type, lastOrder, onClose }: TypeDialogProps) {
  const { property, may } = useApp()
  const cache = useQueryClient()
  const [id] = useState(() => type?.id ?? ulid())
  const [isConfirming, setConfirming] = useState(false)
  const done = () => {
    void cache.invalidateQueries({ queryKey: roomTypesQuery(property.id).queryKey })
    notify({ text: m.uiFormSaved() })
    onClose()
  }
  const form = useForm<TypeValues, RoomType, RoomType>({
    initial: type ? valuesOf(type) : emptyType,
    version: type?.version,
    valuesOf,
    check,
    send: ({ values, changes, key, version }) => {
      if (type) return changeType(id, bodyOfType(changes), key, version)
      const { code = '', name = '', ...rest } = bodyOfType(values)
      const body = { id, propertyId: property.id, sortOrder: lastOrder + 1, code, name, ...rest }
      return dataOf(api.POST('/api/v1/pms/room-types', { body, headers: writeHeaders(key) }))
    },
    onSaved: done,
  })
  const mayManage = may('pms.rooms.manage')
  const label = type?.isActive ? m.setupDeactivate() : m.setupReactivate()
  return (
    <>
      <FormDialog
        title={type ? m.setupTypeEdit({ name: type.name }) : m.setupTypeNew()}
        form={form}
        onClose={onClose}
        submitLabel={type ? m.uiFormSave() : m.setupTypeCreate()}
        isReadOnly={!mayManage}
        extra={type && mayManage && <Button onPress={() => setConfirming(true)}>{label}</Button>}
      >
        <TypeFields form={form} />
      </FormDialog>
      {type && isConfirming && (
        <Confirm
          title={type.isActive ? m.setupTypeDeactivateTitle({ name: type.name }) : m.setupReactivateTitle()}
          label={label}
          isDanger={type.isActive}
          run={(key) => changeType(id, { isActive: !type.isActive }, key, type.version)}
          onDone={done}
          onClose={() => setConfirming(false)}
        >
          {type.isActive ? m.setupTypeDeactivateText() : m.setupTypeReactivateText()}
        </Confirm>
      )}
    </>
  )
}

function TypeFields({ form }: { form: Form<TypeValues> }) {
  const count = (label: string, name: 'maxAdults' | 'maxChildren' | 'maxOccupancy', min: number) => (
    <NumberField
      label={label}
      minValue={min}
      maxValue={100}
      stepLabels={{ less: m.setupLess({ name: label }), more: m.setupMore({ name: label }) }}
      {...form.field(name)}
    />
  )
  return (
    <>
      <div className="grid gap-x-3 gap-y-4 sm:grid-cols-3">
        <TextField label={m.setupCode()} description={m.setupCodeHelp()} {...form.field('code')} isRequired />
        <TextField label={m.setupName()} {...form.field('name')} isRequired className="sm:col-span-2" />
        {count(m.setupAdults(), 'maxAdults', 1)}
        {count(m.setupChildren(), 'maxChildren', 0)}
        {count(m.setupOccupancy(), 'maxOccupancy', 1)}
      </div>
      <Beds
        beds={form.values.bedsJson}
        error={form.field('bedsJson').error}
        onChange={(bedsJson) => form.set({ bedsJson })}
      />
      <TextField
        label={m.setupAmenities()}
        description={m.setupAmenitiesHelp()}
        {...form.field('amenitiesJson')}
      />
      <TextField label={m.setupDescription()} rows={2} {...form.field('description')} />
      <NumberField
        label={m.setupTypeOverbooking()}
        description={m.setupTypeOverbookingHelp()}
        minValue={0}
        maxValue={10_000}
        stepLabels={{
          less: m.setupLess({ name: m.setupTypeOverbooking() }),
          more: m.setupMore({ name: m.setupTypeOverbooking() }),
        }}
        {...form.field('overbookingLimit')}
        className="max-w-60"
      />
      <TextField
        label={m.setupUpgradeRank()}
        description={m.setupUpgradeRankHelp()}
        inputMode="numeric"
        {...form.field('upgradeRank')}
        className="max-w-60"
      />
    </>
  )
}

interface BedsProps {
  beds: BedValue[]
  error: string | undefined
  onChange: (beds: BedValue[]) => void
}

function Beds({ beds, error, onChange }: BedsProps) {
  return (
    <LineList
      label={m.setupBeds()}
      lines={beds}
      onChange={onChange}
      addLabel={m.setupBedAdd()}
      fresh={{ type: '', count: 1 }}
      removeLabel={({ type }) => m.setupBedRemove({ name: type })}
      error={error}
    >
      {({ type, count }, change) => (
        <>
          <NumberField
            label={m.setupBedCount()}
            isLabelHidden
            minValue={1}
            maxValue={100}
            stepLabels={{
              less: m.setupLess({ name: m.setupBeds() }),
              more: m.setupMore({ name: m.setupBeds() }),
            }}
            value={count}
            onChange={(count) => change({ count })}
            className="w-32"
          />
          <TextField
            label={m.setupBedKind()}
            isLabelHidden
            placeholder={m.setupBedKindHint()}
            value={type}
            onChange={(type) => change({ type })}
            className="grow"
          />
        </>
      )}
    </LineList>
  )
}
