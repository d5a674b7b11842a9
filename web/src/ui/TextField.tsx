import type { HTMLInputTypeAttribute, ReactNode, Ref } from 'react'
import { Group } from 'react-aria-components/Group'
import { Input } from 'react-aria-components/Input'
import {
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaNumberFieldProps,
} from 'react-aria-components/NumberField'
import { TextArea } from 'react-aria-components/TextArea'
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components/TextField'
import { IconButton } from './Button'
import { Field, type FieldTexts, fieldClass } from './Field'

type Own = 'className' | 'style' | 'children' | 'isInvalid' | 'isRequired' | 'type'

export interface TextFieldProps extends Omit<AriaTextFieldProps, Own>, FieldTexts {
  type?: HTMLInputTypeAttribute
  placeholder?: string
  /** More than one line. */
  rows?: number
  /** Something at the end of the field, such as a button. */
  end?: ReactNode
  inputRef?: Ref<HTMLInputElement>
  className?: string
}

/** `isRequired` only says so: whether it is missing is judged when the form is sent, so that nobody is told before they began. */
export function TextField(props: TextFieldProps) {
  const {
    label,
    description,
    error,
    isRequired,
    isLabelHidden,
    type,
    placeholder,
    rows,
    end,
    inputRef,
    className = '',
    ...rest
  } = props
  return (
    <AriaTextField
      {...rest}
      type={type as 'text'}
      isInvalid={!!error}
      aria-required={isRequired || undefined}
      validationBehavior="aria"
      className={`${fieldClass} ${className}`}
    >
      <Field {...{ label, description, error, isRequired, isLabelHidden }}>
        {rows ? (
          <TextArea rows={rows} placeholder={placeholder} className="field resize-y py-1.5" />
        ) : (
          <div className="relative">
            <Input ref={inputRef} placeholder={placeholder} className={`field ${end ? 'pe-control' : ''}`} />
            {end && <div className="absolute inset-y-0 end-0 flex items-center">{end}</div>}
          </div>
        )}
      </Field>
    </AriaTextField>
  )
}

export interface NumberFieldProps extends Omit<AriaNumberFieldProps, Own>, FieldTexts {
  /** What the two buttons do, such as "One adult fewer". */
  stepLabels: { less: string; more: string }
  className?: string
}

export function NumberField({
  label,
  description,
  error,
  isRequired,
  isLabelHidden,
  stepLabels,
  className = '',
  ...rest
}: NumberFieldProps) {
  return (
    <AriaNumberField
      {...rest}
      isInvalid={!!error}
      validationBehavior="aria"
      className={`${fieldClass} ${className}`}
    >
      <Field {...{ label, description, error, isRequired, isLabelHidden }}>
        <Group className="field flex items-center px-0">
          <IconButton slot="decrement" icon="minus" label={stepLabels.less} />
          <Input className="w-full min-w-8 bg-transparent text-center outline-none" />
          <IconButton slot="increment" icon="plus" label={stepLabels.more} />
        </Group>
      </Field>
    </AriaNumberField>
  )
}
