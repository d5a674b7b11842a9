import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useMemo } from 'react'
import { api, dataOf, writeHeaders } from '../api/client'
import { meQuery } from '../api/queries'
import { useFormat, useSpoken } from '../i18n/locale'
import { countryChoices, languageChoices } from '../i18n/places'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Button } from '../ui/Button'
import { Switch } from '../ui/Choice'
import { ComboBox } from '../ui/ComboBox'
import { Note } from '../ui/Note'
import { QueryState } from '../ui/QueryState'
import { NumberField, TextField } from '../ui/TextField'
import { notify } from '../ui/Toast'
import { type Form, useForm } from '../ui/useForm'
import { bodyOfProperty, type PropertyValues, valuesOf } from './propertyValues'
import { type Property, propertyQuery } from './queries'
import { SectionHead } from './SectionHead'

export function PropertySection() {
  const { property } = useApp()
  const query = useQuery(propertyQuery(property.id))
  return (
    <>
      <SectionHead title={m.setupProperty()} text={m.setupPropertyText()} />
      <QueryState query={query}>{(row) => <PropertyForm key={row.version} property={row} />}</QueryState>
    </>
  )
}

const check = (values: PropertyValues) => ({
  name: values.name.trim() ? undefined : m.setupNameMissing(),
  timezone: values.timezone ? undefined : m.setupChooseOne(),
  locale: values.locale ? undefined : m.setupChooseOne(),
  checkInTime: values.checkInTime ? undefined : m.setupTimeMissing(),
  checkOutTime: values.checkOutTime ? undefined : m.setupTimeMissing(),
  overbookingLimit:
    /^\s*\d*\s*$/.test(values.overbookingLimit) && Number(values.overbookingLimit) <= 10_000
      ? undefined
      : m.setupLimitHelp(),
  autoCloseAt: !values.closesByItself || values.autoCloseAt ? undefined : m.setupTimeMissing(),
})

function PropertyForm({ property }: { property: Property }) {
  const { may } = useApp()
  const cache = useQueryClient()
  const router = useRouter()
  const isReadOnly = !may('pms.property.manage')
  const form = useForm<PropertyValues, Property, Property>({
    initial: valuesOf(property),
    version: property.version,
    valuesOf,
    check,
    send: ({ values, changes, key, version }) =>
      dataOf(
        api.PATCH('/api/v1/pms/properties/{id}', {
          params: { path: { id: property.id } },
          body: bodyOfProperty(values, changes, property.addressJson) as never,
          headers: writeHeaders(key, version),
        }),
      ),
    onSaved: async (saved) => {
      cache.setQueryData(propertyQuery(saved.id).queryKey, saved)
      notify({ text: m.uiFormSaved() })
      // The name in the bar, and the zone of every page.
      await cache.refetchQueries({ queryKey: meQuery.queryKey })
      await router.invalidate()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    form.submit()
  }
  return (
    <form onSubmit={submit} noValidate className="flex max-w-3xl flex-col gap-4 px-4 pb-8 lg:px-6">
      {form.problem && <Note tone="danger">{form.problem}</Note>}
      <fieldset disabled={isReadOnly} className="flex flex-col gap-4">
        <Address form={form} />
        <Times form={form} property={property} />
        <Days form={form} />
        <Part title={m.setupLimits()}>
          <TextField
            label={m.setupHouseLimit()}
            description={m.setupHouseLimitHelp()}
            inputMode="numeric"
            {...form.field('overbookingLimit')}
            className="sm:col-span-6"
          />
        </Part>
        <Part title={m.setupPayments()}>
          <TextField
            label={m.setupPaymentAccount()}
            description={m.setupPaymentAccountHelp()}
            {...form.field('paymentAccount')}
            className="sm:col-span-6"
          />
        </Part>
      </fieldset>
      {!isReadOnly && (
        <div className="flex items-center justify-end gap-3">
          {form.isDirty && <span className="text-muted">{m.setupUnsaved()}</span>}
          <Button type="submit" look="primary" isPending={form.isPending} isDisabled={!form.isDirty}>
            {m.uiFormSave()}
          </Button>
        </div>
      )}
    </form>
  )
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="rounded-md border border-line bg-surface p-4">
    <h2 className="mb-3">{title}</h2>
    <div className="grid gap-x-3 gap-y-4 sm:grid-cols-6">{children}</div>
  </section>
)

function Address({ form }: { form: Form<PropertyValues> }) {
  const { tag } = useSpoken()
  const countries = useMemo(() => countryChoices(tag), [tag])
  return (
    <Part title={m.setupPropertyWhere()}>
      <TextField label={m.setupName()} {...form.field('name')} isRequired className="sm:col-span-6" />
      <TextField label={m.setupStreet()} {...form.field('street')} className="sm:col-span-6" />
      <TextField label={m.setupPostalCode()} {...form.field('postalCode')} className="sm:col-span-2" />
      <TextField label={m.setupCity()} {...form.field('city')} className="sm:col-span-2" />
      <ComboBox
        label={m.guestsCountry()}
        choices={countries}
        {...form.field('country')}
        className="sm:col-span-2"
      />
      <TextField label={m.setupRegion()} {...form.field('region')} className="sm:col-span-2" />
      <TextField label={m.guestsPhone()} type="tel" {...form.field('phone')} className="sm:col-span-2" />
      <TextField label={m.guestsEmail()} type="email" {...form.field('email')} className="sm:col-span-2" />
      <TextField
        label={m.setupTaxNumber()}
        description={m.setupTaxNumberHelp()}
        {...form.field('taxNumber')}
        className="sm:col-span-6"
      />
    </Part>
  )
}

function Times({ form, property }: { form: Form<PropertyValues>; property: Property }) {
  const { tag } = useSpoken()
  const format = useFormat()
  const zones = useMemo(() => zoneChoices(property.timezone), [property.timezone])
  const languages = useMemo(() => languageChoices(tag, property.locale), [tag, property.locale])
  return (
    <Part title={m.setupPropertyWhen()}>
      <ComboBox
        label={m.setupZone()}
        description={m.setupZoneHelp()}
        choices={zones}
        {...form.field('timezone')}
        className="sm:col-span-3"
      />
      <ComboBox
        label={m.setupLocale()}
        description={m.setupLocaleHelp()}
        choices={languages}
        {...form.field('locale')}
        className="sm:col-span-3"
      />
      <TextField
        label={m.setupCheckIn()}
        type="time"
        {...form.field('checkInTime')}
        className="sm:col-span-2"
      />
      <TextField
        label={m.setupCheckOut()}
        type="time"
        {...form.field('checkOutTime')}
        className="sm:col-span-2"
      />
      <NumberField
        label={m.setupHold()}
        description={m.setupHoldHelp()}
        minValue={1}
        maxValue={525_600}
        stepLabels={{ less: m.setupHoldLess(), more: m.setupHoldMore() }}
        {...form.field('holdMinutes')}
        className="sm:col-span-2"
      />
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 border-line border-t pt-3 sm:col-span-6">
        <dt className="text-muted">{m.setupCurrency()}</dt>
        <dd>
          {property.currency} <span className="text-muted text-xs">{m.setupCurrencyHelp()}</span>
        </dd>
        <dt className="text-muted">{m.setupBusinessDate()}</dt>
        <dd>
          {format.day(property.businessDate)}{' '}
          <span className="text-muted text-xs">{m.setupBusinessDateHelp()}</span>
        </dd>
      </dl>
    </Part>
  )
}

/** When its days end by themselves, and what reports divide by. */
function Days({ form }: { form: Form<PropertyValues> }) {
  const { values, set } = form
  return (
    <Part title={m.setupDays()}>
      <div className="sm:col-span-4">
        <Switch isSelected={values.closesByItself} onChange={(closesByItself) => set({ closesByItself })}>
          {m.setupAutoClose()}
        </Switch>
        <p className="text-muted text-xs">{m.setupAutoCloseHelp()}</p>
      </div>
      <TextField
        label={m.setupAutoCloseAt()}
        type="time"
        isDisabled={!values.closesByItself}
        {...form.field('autoCloseAt')}
        className="sm:col-span-2"
      />
      <div className="border-line border-t pt-2 sm:col-span-6">
        <Switch
          isSelected={values.countsOutOfOrder}
          onChange={(countsOutOfOrder) => set({ countsOutOfOrder })}
        >
          {m.setupCountsOutOfOrder()}
        </Switch>
        <Switch
          isSelected={values.countsFreeNights}
          onChange={(countsFreeNights) => set({ countsFreeNights })}
        >
          {m.setupCountsFreeNights()}
        </Switch>
      </div>
    </Part>
  )
}

function zoneChoices(own: string) {
  const zones = new Set([...Intl.supportedValuesOf('timeZone'), own])
  return [...zones].map((id) => ({ id, label: id.replaceAll('_', ' ') }))
}
