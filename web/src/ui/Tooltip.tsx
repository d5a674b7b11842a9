import type { ReactNode } from 'react'
import {
  Tooltip as AriaTooltip,
  TooltipTrigger as AriaTrigger,
  type TooltipTriggerComponentProps,
} from 'react-aria-components/Tooltip'

export function TooltipTrigger(props: TooltipTriggerComponentProps) {
  return <AriaTrigger delay={500} closeDelay={80} {...props} />
}

export function Tooltip({ children }: { children: ReactNode }) {
  return (
    <AriaTooltip
      offset={6}
      className="appear max-w-72 rounded-md bg-text px-2 py-1 text-bg text-xs shadow-raised"
    >
      {children}
    </AriaTooltip>
  )
}
