import { Button } from 'react-aria-components/Button'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select'
import { Field, type FieldTexts, fieldClass } from './Field'
import { Icon } from './Icon'
import { Popover } from './Popover'

export interface Choice<Id extends string = string> {
  id: Id
  label: string
  /** A second line, such as why it cannot be chosen. */
  note?: string | undefined
  isDisabled?: boolean
}

export interface SelectProps<Id extends string> extends FieldTexts {
  choices: readonly Choice<Id>[]
  value: Id | null
  onChange: (id: Id) => void
  placeholder?: string
  isDisabled?: boolean
  name?: string
  className?: string
}

/** One of few. For many, or what a server must look up, see ComboBox. */
export function Select<Id extends string>({
  choices,
  value,
  onChange,
  placeholder,
  className = '',
  ...rest
}: SelectProps<Id>) {
  const { label, description, error, isRequired, isLabelHidden, ...more } = rest
  return (
    <AriaSelect
      {...more}
      value={value}
      onChange={(id) => onChange(id as Id)}
      isInvalid={!!error}
      placeholder={placeholder}
      validationBehavior="aria"
      className={`${fieldClass} ${className}`}
    >
      <Field {...{ label, description, error, isRequired, isLabelHidden }}>
        <Button className="field flex items-center gap-2 text-start">
          <SelectValue className="grow truncate placeholder-shown:text-muted">
            {({ selectedText, defaultChildren }) => selectedText || defaultChildren}
          </SelectValue>
          <Icon name="down" className="text-muted" />
        </Button>
        <Popover className="w-(--trigger-width) min-w-44">
          <Choices choices={choices} />
        </Popover>
      </Field>
    </AriaSelect>
  )
}

/** The list that opens below a select or a combo box. */
export function Choices({ choices, empty }: { choices?: readonly Choice[]; empty?: string }) {
  return (
    <ListBox
      {...(choices ? { items: choices } : {})}
      className="max-h-80 overflow-auto p-1 outline-none"
      renderEmptyState={() => <div className="px-2.5 py-1.5 text-muted">{empty}</div>}
    >
      {(choice: Choice) => (
        <ListBoxItem
          id={choice.id}
          textValue={choice.label}
          isDisabled={choice.isDisabled ?? false}
          className="choice"
        >
          {({ isSelected }) => (
            <>
              <span className="grow">
                <span className="block">{choice.label}</span>
                {choice.note && <span className="block font-normal text-muted text-xs">{choice.note}</span>}
              </span>
              {isSelected && <Icon name="check" />}
            </>
          )}
        </ListBoxItem>
      )}
    </ListBox>
  )
}
