import { Popover as AriaPopover, type PopoverProps } from 'react-aria-components/Popover'

export function Popover({
  className = '',
  ...rest
}: Omit<PopoverProps, 'className'> & { className?: string }) {
  return <AriaPopover offset={4} {...rest} className={`popover appear ${className}`} />
}
