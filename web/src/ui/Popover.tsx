import { Popover as AriaPopover, type PopoverProps } from 'react-aria-components/Popover'

export function Popover({
  className = '',
  ...rest
}: Omit<PopoverProps, 'className'> & { className?: string }) {
  return <AriaPopover offset={4} {...rest} className={`popover appear ${className}`} />
}

/** Around a dialog, which has a name of its own: the name of the button that opened it would be content beside the dialog. */
export const DialogPopover = (props: Parameters<typeof Popover>[0]) => <Popover {...props} {...unnamed} />
const unnamed = { 'aria-labelledby': '' }
