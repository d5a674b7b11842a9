import { api, dataOf, writeHeaders } from '../api/client'
import { m } from '../paraglide/messages'
import { FormDialog } from '../ui/FormDialog'
import { TextField } from '../ui/TextField'
import { useForm } from '../ui/useForm'
import { isDiscountable, linesOf } from './ledger'
import { LineChoice } from './MoveDialog'
import type { Statement } from './queries'

interface DiscountValues {
  entryIds: readonly string[]
  percent: string
  description: string
}

/** As the API writes it: a comma is a point, and the sign need not be typed. */
const percentOf = (text: string) => text.replace('%', '').replace(',', '.').trim()

const isPercent = (text: string) =>
  /^\d{1,3}(\.\d{1,6})?$/.test(text) && Number(text) > 0 && Number(text) <= 100

/** `Discount 10 %`, unless one says what it is for. */
const described = ({ description, percent }: DiscountValues) => {
  const text = description.trim()
  return text === m.folioDiscount() ? `${text} ${percentOf(percent)} %` : text
}

export interface DiscountDialogProps {
  statement: Statement
  onPosted: (statement: Statement) => void
  onClose: () => void
}

/** A percentage off charges, with their taxes. */
export function DiscountDialog({ statement, onPosted, onClose }: DiscountDialogProps) {
  const form = useForm<DiscountValues, Statement, Statement>({
    initial: { entryIds: [], percent: '', description: m.folioDiscount() },
    check: ({ entryIds, percent, description }) => ({
      entryIds: entryIds.length > 0 ? undefined : m.folioLinesMissing(),
      percent: isPercent(percentOf(percent)) ? undefined : m.folioPercentMissing(),
      description: description.trim() ? undefined : m.folioDescriptionMissing(),
    }),
    send: ({ values, key }) => {
      const params = { path: { id: statement.id } }
      const body = {
        entryIds: [...values.entryIds],
        percent: percentOf(values.percent),
        description: described(values),
      }
      return dataOf(
        api.POST('/api/v1/pms/folios/{id}/discounts', { params, body, headers: writeHeaders(key) }),
      )
    },
    onSaved: onPosted,
  })
  const lines = linesOf(statement.entries).filter(isDiscountable)
  return (
    <FormDialog title={m.folioDiscount()} form={form} onClose={onClose} submitLabel={m.folioDiscountDo()}>
      <LineChoice lines={lines} currency={statement.currency} {...form.field('entryIds')} />
      <div className="grid items-start gap-3 sm:grid-cols-[8rem_1fr]">
        <TextField label={m.folioPercent()} inputMode="decimal" isRequired {...form.field('percent')} />
        <TextField label={m.folioDescription()} isRequired {...form.field('description')} />
      </div>
    </FormDialog>
  )
}
