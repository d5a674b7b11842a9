import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button'
import { Icon, type IconName } from './Icon'
import { Tooltip, TooltipTrigger } from './Tooltip'

export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger'

const looks: Record<ButtonLook, string> = {
  primary: 'bg-accent text-on-accent border-transparent hover:bg-accent-strong pressed:bg-accent-strong',
  plain: 'bg-surface text-text border-line-strong hover:bg-sunken pressed:bg-sunken',
  quiet: 'bg-transparent text-text border-transparent hover:bg-sunken pressed:bg-sunken',
  danger: 'bg-danger text-on-accent border-transparent hover:bg-danger-strong pressed:bg-danger-strong',
}

const shape =
  'inline-flex min-h-control pointer-coarse:min-w-control select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border text-center font-medium disabled:opacity-50'

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  look?: ButtonLook
  icon?: IconName
  children?: ReactNode
  className?: string
}

/**
 * `isPending` keeps the focus on it and lets no second press through. React Aria's own way of it reads the button out when it ends, by a
 * reference to it, which leads nowhere when the button closed its dialog.
 */
function pressed({ isPending = false, onPress, type, ...rest }: Omit<ButtonProps, 'children' | 'icon'>) {
  if (!isPending) return { ...rest, ...(onPress ? { onPress } : {}), ...(type ? { type } : {}) }
  return { ...rest, type: 'button' as const, 'aria-disabled': true }
}

export function Button({ look = 'plain', icon, children, className = '', ...rest }: ButtonProps) {
  const shade = rest.isPending ? 'opacity-70' : ''
  return (
    <AriaButton {...pressed(rest)} className={`${shape} px-3 ${looks[look]} ${shade} ${className}`}>
      {icon && <Icon name={icon} />}
      {children}
    </AriaButton>
  )
}

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon'> {
  icon: IconName
  /** What it does; also the tooltip. */
  label: string
}

export function IconButton({ icon, label, look = 'quiet', className = '', ...rest }: IconButtonProps) {
  return (
    <TooltipTrigger>
      <AriaButton
        {...pressed(rest)}
        aria-label={label}
        className={`${shape} min-w-control ${looks[look]} ${className}`}
      >
        <Icon name={icon} />
      </AriaButton>
      <Tooltip>{label}</Tooltip>
    </TooltipTrigger>
  )
}
