import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api, dataOf, writeHeaders } from '../../api/client'
import { connectingOf, featuresOf, readList, withFeatures } from '../../kernel/features'
import { m } from '../../paraglide/messages'
import { useApp } from '../../shell/useApp'
import { Button } from '../../ui/Button'
import { Confirm } from '../../ui/Confirm'
import { FormDialog } from '../../ui/FormDialog'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { notify } from '../../ui/Toast'
import { type Form, useForm } from '../../ui/useForm'
import { type Room, type RoomType, roomsQuery } from '../queries'
import { HousekeepingState } from './HousekeepingState'

interface RoomValues {
  roomNumber: string
  roomTypeId: string
  floor: string
  name: string
  features: string
  connecting: string
}

const valuesOf = (room: Room): RoomValues => ({
  roomNumber: room.roomNumber,
  roomTypeId: room.roomTypeId,
  floor: room.floor ?? '',
  name: room.name ?? '',
  features: featuresOf(room.featuresJson).join(', '),
  connecting: connectingOf(room.featuresJson).join(', '),
})

const check = (values: RoomValues) => ({
  roomNumber: values.roomNumber.trim() ? undefined : m.setupRoomNumberMissing(),
})

function bodyOf(values: RoomValues, changes: Partial<RoomValues>, room: Room) {
  const { roomNumber, roomTypeId, floor, name, features, connecting } = changes
  const hasFeatures = features !== undefined || connecting !== undefined
  return {
    ...(roomNumber !== undefined ? { roomNumber: roomNumber.trim() } : {}),
    ...(roomTypeId !== undefined ? { roomTypeId } : {}),
    ...(floor !== undefined ? { floor: floor.trim() || null } : {}),
    ...(name !== undefined ? { name: name.trim() || null } : {}),
    ...(hasFeatures
      ? {
          featuresJson: withFeatures(
            room.featuresJson,
            readList(values.features),
            readList(values.connecting),
          ),
        }
      : {}),
  }
}

const patch = (room: Room, body: Record<string, unknown>, key: string, version = room.version) =>
  dataOf(
    api.PATCH('/api/v1/pms/rooms/{id}', {
      params: { path: { id: room.id } },
      body: body as never,
      headers: writeHeaders(key, version),
    }),
  )

/** The room as it is now goes into the list; what else shows rooms asks anew. */
function useSaved() {
  const { property } = useApp()
  const cache = useQueryClient()
  return (saved: Room) => {
    cache.setQueryData(roomsQuery(property.id).queryKey, (rooms) =>
      rooms?.map((room) => (room.id === saved.id ? saved : room)),
    )
    void cache.invalidateQueries({ queryKey: ['calendar'] })
    notify({ text: m.uiFormSaved() })
  }
}

export interface RoomDialogProps {
  room: Room
  types: RoomType[]
  onClose: () => void
}

export function RoomDialog({ room, types, onClose }: RoomDialogProps) {
  const { may } = useApp()
  const saved = useSaved()
  const [isConfirming, setConfirming] = useState(false)
  const mayManage = may('pms.rooms.manage')
  // A state that was set here raised the version, too; that is nobody else's change.
  const ownVersion = useRef(0)
  const form = useForm<RoomValues, Room, Room>({
    initial: valuesOf(room),
    version: room.version,
    valuesOf,
    check,
    send: ({ values, changes, key, version = 0 }) =>
      patch(room, bodyOf(values, changes, room), key, Math.max(version, ownVersion.current)),
    onSaved: (row) => {
      saved(row)
      onClose()
    },
  })
  const label = room.isActive ? m.setupRoomClose() : m.setupRoomOpen()
  return (
    <>
      <FormDialog
        title={m.setupRoomTitle({ number: room.roomNumber })}
        form={form}
        onClose={onClose}
        submitLabel={m.uiFormSave()}
        isReadOnly={!mayManage}
        lead={
          <HousekeepingState
            room={room}
            onSaved={(row) => {
              ownVersion.current = row.version
              saved(row)
            }}
          />
        }
        extra={mayManage && <Button onPress={() => setConfirming(true)}>{label}</Button>}
      >
        <RoomFields form={form} types={types} />
      </FormDialog>
      {isConfirming && (
        <Confirm
          title={
            room.isActive
              ? m.setupRoomCloseTitle({ number: room.roomNumber })
              : m.setupRoomOpenTitle({ number: room.roomNumber })
          }
          label={label}
          isDanger={room.isActive}
          run={(key) => patch(room, { isActive: !room.isActive }, key)}
          onDone={(row) => {
            saved(row)
            onClose()
          }}
          onClose={() => setConfirming(false)}
        >
          {room.isActive ? m.setupRoomCloseText() : m.setupRoomOpenText()}
        </Confirm>
      )}
    </>
  )
}

function RoomFields({ form, types }: { form: Form<RoomValues>; types: RoomType[] }) {
  const choices = types
    .filter((type) => type.isActive || type.id === form.values.roomTypeId)
    .map((type) => ({ id: type.id, label: type.name, note: type.code }))
  return (
    <div className="grid gap-x-3 gap-y-4 sm:grid-cols-2">
      <TextField label={m.setupRoomNumber()} {...form.field('roomNumber')} isRequired />
      <Select label={m.setupType()} choices={choices} {...form.field('roomTypeId')} />
      <TextField label={m.setupFloor()} {...form.field('floor')} />
      <TextField label={m.setupRoomName()} description={m.setupRoomNameHelp()} {...form.field('name')} />
      <TextField label={m.setupFeatures()} description={m.setupFeaturesHelp()} {...form.field('features')} />
      <TextField
        label={m.setupConnecting()}
        description={m.setupConnectingHelp()}
        {...form.field('connecting')}
      />
    </div>
  )
}
