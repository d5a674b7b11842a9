import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { api, dataOf, writeHeaders } from '../api/client'
import { asApiError } from '../api/errors'
import { useWriteKey } from '../api/useWriteKey'
import { useFormat, useSpoken } from '../i18n/locale'
import { countryName, languageName } from '../i18n/places'
import { sentenceOf } from '../i18n/sentences'
import { m } from '../paraglide/messages'
import { Button } from '../ui/Button'
import { ComboBox } from '../ui/ComboBox'
import { Dialog } from '../ui/Dialog'
import { Icon } from '../ui/Icon'
import { Note } from '../ui/Note'
import { Skeleton } from '../ui/Skeleton'
import { notify } from '../ui/Toast'
import { preferencesOf } from './guestValues'
import { type MergedField, type MergeLine, mergePreview } from './mergePreview'
import { duplicatesKey, type Guest, guestQuery, nameOf, similarQuery, staysQuery } from './queries'

export interface MergeProps {
  guest: Guest
  otherId: string | undefined
  onClose: () => void
}

/** Two profiles of one person: both side by side, what will be kept, and only then the merge. */
export function MergeDialog({ guest, otherId: suggested, onClose }: MergeProps) {
  const [otherId, setOther] = useState<string | null>(suggested ?? null)
  const [isSwapped, setSwapped] = useState(false)
  const other = useQuery({ ...guestQuery(otherId ?? ''), enabled: !!otherId })
  const [kept, gone] = isSwapped ? [other.data, guest] : [guest, other.data]
  const merge = useMerge(onClose)
  const error = merge.error && !merge.isPending ? asApiError(merge.error) : undefined
  const problem = error?.code === 'CONCURRENCY_CONFLICT' ? m.guestsMergeChanged() : error && sentenceOf(error)
  const buttons = (
    <>
      <Button onPress={onClose}>{m.uiCancel()}</Button>
      <Button
        look="primary"
        isDisabled={!kept || !gone}
        isPending={merge.isPending}
        onPress={() => kept && gone && merge.mutate({ kept, gone })}
      >
        {m.guestsMergeDo()}
      </Button>
    </>
  )
  return (
    <Dialog isOpen onClose={onClose} title={m.guestsMergeTitle()} width="wide" actions={buttons}>
      <div className="flex flex-col gap-4">
        {problem && <Note tone="danger">{problem}</Note>}
        <OtherGuest guest={guest} value={otherId} known={other.data} onChange={setOther} />
        {otherId && other.isPending && <Skeleton lines={4} />}
        {other.error && <Note tone="danger">{sentenceOf(other.error)}</Note>}
        {kept && gone && <Preview kept={kept} gone={gone} onSwap={() => setSwapped(!isSwapped)} />}
      </div>
    </Dialog>
  )
}

interface Both {
  kept: Guest
  gone: Guest
}

function useMerge(onClose: () => void) {
  const cache = useQueryClient()
  const navigate = useNavigate()
  const writeKey = useWriteKey()
  return useMutation({
    mutationFn: ({ kept, gone }: Both) =>
      dataOf(
        api.POST('/api/v1/pms/guests/{id}/merge', {
          params: { path: { id: gone.id } },
          body: { intoGuestId: kept.id },
          headers: writeHeaders(writeKey.key(), gone.version),
        }),
      ),
    onSuccess: async ({ kept, merged, reservations }) => {
      for (const one of [kept, merged]) {
        cache.setQueryData(guestQuery(one.id).queryKey, one)
        cache.setQueryData(duplicatesKey(one.id), [])
        void cache.invalidateQueries({ queryKey: staysQuery(one.id).queryKey })
      }
      void cache.invalidateQueries({ queryKey: ['guests'] })
      notify({ text: m.guestsMergeDone({ count: reservations }) })
      onClose()
      await navigate({ to: '/guests/$guestId', params: { guestId: kept.id } })
    },
    onError: (error, { kept, gone }) => {
      if (!error.isPassing) writeKey.done()
      for (const { id } of [kept, gone]) void cache.invalidateQueries({ queryKey: ['guest', id] })
    },
  })
}

interface OtherProps {
  guest: Guest
  value: string | null
  known: Guest | undefined
  onChange: (id: string | null) => void
}

/** Found by typing; at first those of the same name. */
function OtherGuest({ guest, value, known, onChange }: OtherProps) {
  const [text, setText] = useState<string>()
  const typed = text ?? (known ? nameOf(known) : '')
  const q = useDeferredValue(typed.trim().length > 1 ? typed.trim() : nameOf(guest))
  const { data = [] } = useQuery(similarQuery(guest.propertyId, q))
  const choices = [...(known && !data.some((one) => one.id === known.id) ? [known] : []), ...data]
    .filter((one) => one.id !== guest.id)
    .map((one) => ({
      id: one.id,
      label: nameOf(one),
      note: [one.email, one.phone].filter(Boolean).join(' · ') || undefined,
    }))
  return (
    <ComboBox
      label={m.guestsMergeOther()}
      description={m.guestsMergeOtherHelp({ name: nameOf(guest) })}
      choices={choices}
      value={value}
      onChange={(id) => {
        onChange(id)
        const chosen = choices.find((one) => one.id === id)
        if (chosen) setText(chosen.label)
      }}
      text={typed}
      onTextChange={setText}
      placeholder={m.guestsSearch()}
    />
  )
}

const fieldNames: Record<MergedField, () => string> = {
  lastName: m.guestsLastName,
  firstName: m.guestsFirstName,
  email: m.guestsEmail,
  phone: m.guestsPhone,
  country: m.guestsCountry,
  language: m.guestsLanguage,
  notes: m.guestsNotes,
  preferencesJson: m.guestsPreferences,
}

function Preview({ kept, gone, onSwap }: Both & { onSwap: () => void }) {
  const lines = mergePreview(kept, gone)
  const isLossy = lines.some((line) => line.isLost)
  return (
    <>
      <div className="overflow-x-auto rounded-md border border-line">
        <table className="w-full text-start">
          <thead>
            <tr className="bg-sunken">
              <th scope="col" className="px-3 py-2 text-start font-medium text-muted text-xs">
                {m.guestsMergeField()}
              </th>
              <SideHead title={m.guestsMergeKept()} guest={kept} />
              <SideHead title={m.guestsMergeGone()} guest={gone} />
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <PreviewLine key={line.field} line={line} kept={kept} gone={gone} />
            ))}
          </tbody>
        </table>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <p className="grow basis-60 text-muted text-pretty">
          {m.guestsMergeWhat()} {isLossy && m.guestsMergeLoss()}
        </p>
        <Button onPress={onSwap}>{m.guestsMergeSwap()}</Button>
      </div>
    </>
  )
}

function SideHead({ title, guest }: { title: string; guest: Guest }) {
  const stays = useStayCount(guest.id)
  return (
    <th scope="col" className="w-2/5 px-3 py-2 text-start">
      <span className="block font-medium text-muted text-xs">{title}</span>
      <span className="block font-semibold">{nameOf(guest)}</span>
      <span className="block font-normal text-muted text-xs">{stays}</span>
    </th>
  )
}

function useStayCount(id: string): string {
  const format = useFormat()
  const query = staysQuery(id)
  const { data } = useQuery({
    queryKey: [...query.queryKey, 'count'],
    queryFn: ({ signal }) =>
      api.GET('/api/v1/pms/guests/{id}/stays', { params: { path: { id }, query: { limit: 100 } }, signal }),
  })
  const found = data?.data
  if (!found) return '…'
  const count = found.data.length
  return found.meta.hasMore
    ? m.guestsReservationsMany({ number: format.number(count) })
    : m.guestsReservations({ count })
}

function PreviewLine({ line, kept, gone }: Both & { line: MergeLine }) {
  const text = useFieldText()
  const [own, other] = [text(line.field, kept), text(line.field, gone)]
  const winner = 'font-medium'
  return (
    <tr className="border-line border-t align-top">
      <th scope="row" className="whitespace-nowrap px-3 py-1.5 text-start font-normal text-muted">
        {fieldNames[line.field]()}
      </th>
      <td className={`px-3 py-1.5 ${line.from === 'kept' ? winner : ''}`}>
        {line.from === 'gone' ? (
          <span className="inline-flex items-center gap-1.5 text-success-text">
            <Icon name="plus" />
            {m.guestsMergeFilled({ value: other })}
          </span>
        ) : (
          own || <span className="text-muted">–</span>
        )}
      </td>
      <td className="px-3 py-1.5">
        {line.isLost ? (
          <>
            <del className="text-muted">{other}</del>
            <span className="sr-only"> {m.guestsMergeNotKept()}</span>
          </>
        ) : (
          other || <span className="text-muted">–</span>
        )}
      </td>
    </tr>
  )
}

function useFieldText() {
  const { tag } = useSpoken()
  return (field: MergedField, guest: Guest): string => {
    if (field === 'preferencesJson') {
      return preferencesOf(guest.preferencesJson)
        .map(({ name, value }) => `${name}: ${value}`)
        .join(' · ')
    }
    const value = guest[field] ?? ''
    if (!value) return ''
    if (field === 'country') return countryName(value, tag)
    return field === 'language' ? languageName(value, tag) : value
  }
}
