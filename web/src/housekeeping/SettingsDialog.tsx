import { m } from '../paraglide/messages'
import { Switch } from '../ui/Choice'
import { FormDialog } from '../ui/FormDialog'
import { NumberField } from '../ui/TextField'
import { notify } from '../ui/Toast'
import { useForm } from '../ui/useForm'
import { workName } from './names'
import { changeSettings, type HouseSettings } from './queries'
import { useHouseChanged } from './useWork'

const numbers = [
  'serviceEveryNights',
  'linenEveryNights',
  'departureCredits',
  'stayOverCredits',
  'touchUpCredits',
  'deepCleanCredits',
] as const
type Values = Pick<HouseSettings, (typeof numbers)[number] | 'mayBlockRooms'>

const valuesOf = (row: HouseSettings): Values => {
  const { propertyId: _, version: __, ...values } = row
  return values
}

const labels: Record<(typeof numbers)[number], () => string> = {
  serviceEveryNights: m.houseSetService,
  linenEveryNights: m.houseSetLinen,
  departureCredits: () => m.houseSetMinutes({ work: workName('DEPARTURE') }),
  stayOverCredits: () => m.houseSetMinutes({ work: workName('STAY_OVER') }),
  touchUpCredits: () => m.houseSetMinutes({ work: workName('TOUCH_UP') }),
  deepCleanCredits: () => m.houseSetMinutes({ work: workName('DEEP_CLEAN') }),
}

const texts: Partial<Record<(typeof numbers)[number], () => string>> = {
  serviceEveryNights: m.houseSetServiceText,
  linenEveryNights: m.houseSetLinenText,
}

/** How often rooms are serviced, what work is planned with, and what housekeeping may do by itself. */
export function SettingsDialog({ settings, onClose }: { settings: HouseSettings; onClose: () => void }) {
  const changed = useHouseChanged()
  const form = useForm<Values, HouseSettings, HouseSettings>({
    initial: valuesOf(settings),
    version: settings.version,
    valuesOf,
    send: ({ changes, key, version }) =>
      changeSettings(settings.propertyId, { ...changes, version: version ?? settings.version }, key),
    onSaved: () => {
      void changed()
      notify({ text: m.houseSetDone() })
      onClose()
    },
  })
  return (
    <FormDialog title={m.houseSettings()} form={form} onClose={onClose} submitLabel={m.uiFormSave()}>
      <div className="grid gap-4 sm:grid-cols-2">
        {numbers.map((name) => (
          <NumberField
            key={name}
            label={labels[name]()}
            description={texts[name]?.()}
            minValue={texts[name] ? 0 : 1}
            maxValue={texts[name] ? 99 : 480}
            stepLabels={{ less: m.houseFewer(), more: m.houseOneMore() }}
            {...form.field(name)}
          />
        ))}
      </div>
      <Switch
        isSelected={form.values.mayBlockRooms}
        onChange={(mayBlockRooms) => form.set({ mayBlockRooms })}
      >
        {m.houseSetBlock()}
      </Switch>
    </FormDialog>
  )
}
