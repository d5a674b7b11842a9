import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { m } from '../paraglide/messages'
import { Button } from './Button'
import { Dialog } from './Dialog'
import { Note } from './Note'
import type { Form } from './useForm'

export interface FormDialogProps {
  title: string
  form: Pick<Form<object>, 'isDirty' | 'isPending' | 'problem' | 'submit'>
  onClose: () => void
  submitLabel: string
  children: ReactNode
  /** Above the fields, and no part of them: it works also where they may only be read. */
  lead?: ReactNode
  /** More that can be done, at the start of the line of buttons. */
  extra?: ReactNode
  isReadOnly?: boolean
  width?: 'narrow' | 'medium' | 'wide'
}

/** A form in the middle of the page. It does not go with a click beside it when something was typed, but asks first. */
export function FormDialog({ title, form, onClose, submitLabel, children, extra, ...rest }: FormDialogProps) {
  const { isReadOnly = false, width = 'medium', lead } = rest
  const id = useId()
  const [isLeaving, setLeaving] = useState(false)
  const close = () => (form.isDirty && !isReadOnly ? setLeaving(true) : onClose())
  const submit = (event: FormEvent) => {
    event.preventDefault()
    form.submit()
  }
  const buttons = isLeaving ? (
    <>
      <span className="grow self-center font-medium">{m.uiFormLeave()}</span>
      <Button onPress={() => setLeaving(false)} autoFocus>
        {m.uiFormStay()}
      </Button>
      <Button look="danger" onPress={onClose}>
        {m.uiFormDiscard()}
      </Button>
    </>
  ) : (
    <>
      {extra && <div className="flex grow flex-wrap gap-2">{extra}</div>}
      <Button onPress={close}>{isReadOnly ? m.uiClose() : m.uiCancel()}</Button>
      {!isReadOnly && (
        <Button type="submit" form={id} look="primary" isPending={form.isPending}>
          {submitLabel}
        </Button>
      )}
    </>
  )
  return (
    <Dialog isOpen onClose={close} title={title} width={width} actions={buttons}>
      <form id={id} onSubmit={submit} noValidate className="flex flex-col gap-4 pt-1">
        {form.problem && <Note tone="danger">{form.problem}</Note>}
        {lead}
        <fieldset disabled={isReadOnly} className="contents">
          {children}
        </fieldset>
      </form>
    </Dialog>
  )
}
