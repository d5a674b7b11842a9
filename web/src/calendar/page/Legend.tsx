import { Suspense } from 'react'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { m } from '../../paraglide/messages'
import { IconButton } from '../../ui/Button'
import { DialogPopover } from '../../ui/Popover'
import { LegendText } from './later'

export function Legend() {
  return (
    <DialogTrigger>
      <IconButton icon="info" label={m.calendarLegend()} className="max-sm:hidden" />
      <DialogPopover placement="bottom end" className="max-w-md">
        <Dialog aria-label={m.calendarLegend()} className="p-4 outline-none">
          <Suspense fallback={<div className="h-96 w-80" />}>
            <LegendText />
          </Suspense>
        </Dialog>
      </DialogPopover>
    </DialogTrigger>
  )
}
