import type { ReactNode } from 'react'
import {
  Checkbox as AriaCheckbox,
  type CheckboxProps as AriaCheckboxProps,
} from 'react-aria-components/Checkbox'
import { Switch as AriaSwitch, type SwitchProps as AriaSwitchProps } from 'react-aria-components/Switch'
import { Icon } from './Icon'

export function Checkbox({
  children,
  ...rest
}: Omit<AriaCheckboxProps, 'className' | 'children'> & { children: ReactNode }) {
  return (
    <AriaCheckbox {...rest} className="group flex min-h-control items-center gap-2 disabled:opacity-50">
      {({ isSelected, isIndeterminate }) => (
        <>
          <span className="flex size-4.5 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-surface text-on-accent group-selected:border-transparent group-selected:bg-accent group-indeterminate:bg-accent group-focus-visible:outline-2 group-focus-visible:outline-focus">
            {isIndeterminate ? <Icon name="minus" /> : isSelected && <Icon name="check" />}
          </span>
          {children}
        </>
      )}
    </AriaCheckbox>
  )
}

export function Switch({
  children,
  ...rest
}: Omit<AriaSwitchProps, 'className' | 'children'> & { children: ReactNode }) {
  return (
    <AriaSwitch {...rest} className="group flex min-h-control items-center gap-2 disabled:opacity-50">
      <span className="flex h-5 w-9 shrink-0 items-center rounded-full border border-line-strong bg-sunken p-0.5 transition group-selected:border-transparent group-selected:bg-accent group-focus-visible:outline-2 group-focus-visible:outline-focus">
        <span className="size-3.5 rounded-full bg-line-strong transition group-selected:translate-x-4 group-selected:bg-on-accent rtl:group-selected:-translate-x-4" />
      </span>
      {children}
    </AriaSwitch>
  )
}
