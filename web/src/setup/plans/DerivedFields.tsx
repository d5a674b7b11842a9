import { useQuery } from '@tanstack/react-query'
import { m } from '../../paraglide/messages'
import { useApp } from '../../shell/useApp'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import type { Form } from '../../ui/useForm'
import { type RatePlan, ratePlansQuery } from '../queries'
import { ChildFields } from './ChildFields'
import type { DerivedValues } from './derivedValues'

interface Props {
  form: Form<DerivedValues>
  plan: RatePlan | undefined
  isTried: boolean
  isReadOnly: boolean
}

/** Of which plan the prices are made, and what more adults and children pay. */
export function DerivedFields({ form, plan, isTried, isReadOnly }: Props) {
  const { property } = useApp()
  const { data: all = [] } = useQuery(ratePlansQuery(property.id))
  const parents = all.filter((one) => one.id !== plan?.id && !one.parentPlanId && one.isActive)
  const isDerived = form.values.parentPlanId !== ''
  return (
    <>
      <div className="grid items-start gap-x-3 gap-y-4 sm:grid-cols-2">
        <Select
          label={m.setupPlanParent()}
          description={m.setupPlanParentHelp()}
          choices={[
            { id: '', label: m.setupPlanParentNone() },
            ...parents.map(({ id, code, name }) => ({ id, label: `${code} · ${name}` })),
          ]}
          {...form.field('parentPlanId')}
        />
      </div>
      {isDerived && (
        <div className="grid items-start gap-x-3 gap-y-4 sm:grid-cols-3">
          <TextField
            label={m.setupPlanPercent()}
            description={m.setupPlanPercentHelp()}
            {...form.field('percent')}
          />
          <TextField label={m.setupPlanAmount({ currency: property.currency })} {...form.field('amount')} />
          <TextField label={m.setupPlanRound({ currency: property.currency })} {...form.field('roundTo')} />
        </div>
      )}
      <div className="grid items-start gap-x-3 gap-y-4 sm:grid-cols-3">
        <TextField
          label={m.setupPlanAdults()}
          description={m.setupPlanAdultsHelp()}
          inputMode="numeric"
          {...form.field('includedAdults')}
        />
        <TextField
          label={m.setupPlanExtraAdult({ currency: property.currency })}
          {...form.field('extraAdult')}
        />
      </div>
      {form.values.includedAdults.trim() !== '' && (
        <ChildFields
          rates={form.values.children}
          onChange={(children) => form.set({ children })}
          isTried={isTried}
          isReadOnly={isReadOnly}
        />
      )}
    </>
  )
}
