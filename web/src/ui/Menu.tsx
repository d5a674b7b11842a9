import type { ReactNode } from 'react'
import { Header } from 'react-aria-components/Header'
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
  MenuTrigger,
  SubmenuTrigger,
} from 'react-aria-components/Menu'
import { Separator } from 'react-aria-components/Separator'
import { Icon, type IconName } from './Icon'
import { Popover } from './Popover'

export { MenuTrigger, SubmenuTrigger }

/** Inside a MenuTrigger, after its button. */
export function Menu({ children, label }: { children: ReactNode; label?: string }) {
  return (
    <Popover className="min-w-52">
      <AriaMenu {...(label ? { 'aria-label': label } : {})} className="p-1 outline-none">
        {children}
      </AriaMenu>
    </Popover>
  )
}

export interface MenuItemProps {
  id?: string
  label: string
  icon?: IconName
  /** The key that does the same. */
  keys?: string
  isDanger?: boolean
  isDisabled?: boolean
  onAction?: () => void
}

export function MenuItem({ label, icon, keys, isDanger = false, ...rest }: MenuItemProps) {
  return (
    <AriaMenuItem {...rest} textValue={label} className={`choice ${isDanger ? 'text-danger-text' : ''}`}>
      {({ isSelected, hasSubmenu, selectionMode }) => (
        <>
          {selectionMode !== 'none' ? (
            <Icon name="check" className={isSelected ? '' : 'invisible'} />
          ) : (
            icon && <Icon name={icon} />
          )}
          <span className="grow">{label}</span>
          {keys && <kbd className="font-sans text-muted text-xs">{keys}</kbd>}
          {hasSubmenu && <Icon name="next" />}
        </>
      )}
    </AriaMenuItem>
  )
}

export interface MenuChoiceProps<Id extends string> {
  title: string
  choices: readonly { id: Id; label: string }[]
  value: Id
  onChange: (id: Id) => void
}

/** A part of a menu in which one is chosen. */
export function MenuChoice<Id extends string>({ title, choices, value, onChange }: MenuChoiceProps<Id>) {
  return (
    <AriaMenuSection
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => keys !== 'all' && onChange([...keys][0] as Id)}
    >
      <Header className="px-2.5 pt-1.5 pb-0.5 font-medium text-muted text-xs">{title}</Header>
      {choices.map((choice) => (
        <MenuItem key={choice.id} {...choice} />
      ))}
    </AriaMenuSection>
  )
}

export const MenuLine = () => <Separator className="mx-1 my-1 border-line border-t" />
