import { Suspense } from 'react'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { useFormat } from '../../i18n/locale'
import { m } from '../../paraglide/messages'
import { Button } from '../../ui/Button'
import { DialogPopover } from '../../ui/Popover'
import type { FilterProps } from './FilterForm'
import { FilterForm } from './later'

export function FilterMenu(props: FilterProps) {
  const format = useFormat()
  const { types, statuses, housekeeping } = props.filters
  const count = types.length + statuses.length + housekeeping.length
  return (
    <DialogTrigger>
      <Button look={count > 0 ? 'plain' : 'quiet'} icon="filter">
        <span className="max-xl:sr-only">{m.calendarFilter()}</span>
        {count > 0 && (
          <span className="rounded-full bg-accent px-1.5 text-on-accent text-xs">{format.number(count)}</span>
        )}
      </Button>
      <DialogPopover placement="bottom end">
        <Dialog aria-label={m.calendarFilter()} className="p-4 outline-none">
          <Suspense fallback={<div className="h-80 w-72" />}>
            <FilterForm {...props} />
          </Suspense>
        </Dialog>
      </DialogPopover>
    </DialogTrigger>
  )
}
