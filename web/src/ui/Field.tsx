import type { ReactNode } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { m } from '../paraglide/messages'

export interface FieldTexts {
  label: string
  description?: ReactNode
  /** What is wrong with the value, in words: marks the field, and is read out with it. */
  error?: string | undefined
  isRequired?: boolean
  /** For where the place says already what it is: the label is still read out. */
  isLabelHidden?: boolean
}

export const fieldClass = 'flex flex-col gap-1'

/** The label above a control, and what is said below it. */
export function Field({
  label,
  description,
  error,
  isRequired,
  isLabelHidden,
  children,
}: FieldTexts & { children: ReactNode }) {
  return (
    <>
      <Label className={isLabelHidden ? 'sr-only' : 'font-medium text-muted text-xs'}>
        {label}
        {isRequired && <span className="font-normal"> · {m.uiRequired()}</span>}
      </Label>
      {children}
      {description && !error && (
        <Text slot="description" className="text-muted text-xs">
          {description}
        </Text>
      )}
      <FieldError className="text-danger-text text-xs">{error}</FieldError>
    </>
  )
}
