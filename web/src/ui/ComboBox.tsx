import { ComboBox as AriaComboBox } from 'react-aria-components/ComboBox'
import { Group } from 'react-aria-components/Group'
import { Input } from 'react-aria-components/Input'
import { m } from '../paraglide/messages'
import { IconButton } from './Button'
import { Field, type FieldTexts, fieldClass } from './Field'
import { Popover } from './Popover'
import { type Choice, Choices } from './Select'

export interface ComboBoxProps<Id extends string> extends FieldTexts {
  choices: readonly Choice<Id>[]
  value: Id | null
  onChange: (id: Id | null) => void
  /** The typed text, when a server looks the choices up: then they are shown as given, unfiltered. */
  text?: string
  onTextChange?: (text: string) => void
  placeholder?: string
  isDisabled?: boolean
  className?: string
}

/** One of many, found by typing. */
export function ComboBox<Id extends string>(props: ComboBoxProps<Id>) {
  const { label, description, error, isRequired, isLabelHidden, ...rest } = props
  const {
    choices,
    value,
    onChange,
    text,
    onTextChange,
    placeholder,
    isDisabled = false,
    className = '',
  } = rest
  const given = text === undefined ? { defaultItems: choices } : { items: choices, inputValue: text }
  return (
    <AriaComboBox
      {...given}
      {...(onTextChange ? { onInputChange: onTextChange } : {})}
      value={value}
      onChange={(id) => onChange(id as Id | null)}
      isDisabled={isDisabled}
      isInvalid={!!error}
      allowsEmptyCollection
      menuTrigger="focus"
      validationBehavior="aria"
      className={`${fieldClass} ${className}`}
    >
      <Field {...{ label, description, error, isRequired, isLabelHidden }}>
        <Group className="field flex items-center pe-0">
          <Input
            placeholder={placeholder}
            className="w-full bg-transparent outline-none placeholder:text-muted"
          />
          <IconButton icon="down" label={m.uiShowOptions()} />
        </Group>
        <Popover className="w-(--trigger-width) min-w-44">
          <Choices empty={m.uiNoOptions()} />
        </Popover>
      </Field>
    </AriaComboBox>
  )
}
