import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, dataOf, writeHeaders } from '../../api/client'
import { allLanguages, languages } from '../../i18n/locale'
import { ulid } from '../../kernel/ids'
import { m } from '../../paraglide/messages'
import { useMe } from '../../shell/useApp'
import { Button, IconButton } from '../../ui/Button'
import { Checkbox, Switch } from '../../ui/Choice'
import { Confirm } from '../../ui/Confirm'
import { FormDialog } from '../../ui/FormDialog'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { notify } from '../../ui/Toast'
import { type Form, useForm } from '../../ui/useForm'
import { type Role, type User, usersQuery } from '../queries'
import { roleChoices } from './roles'

interface UserValues {
  displayName: string
  email: string
  role: Role
  locale: string
  allProperties: boolean
  propertyIds: string[]
  password: string
}

const emptyUser: UserValues = {
  displayName: '',
  email: '',
  role: 'FRONT_DESK',
  locale: 'en',
  allProperties: true,
  propertyIds: [],
  password: '',
}

const valuesOf = (user: User): UserValues => ({
  displayName: user.displayName,
  email: user.email,
  role: user.role,
  locale: user.locale,
  allProperties: user.allProperties,
  propertyIds: [...user.propertyIds].sort(),
  password: '',
})

const shortestPassword = 12

const checkAs = (isNew: boolean) => (values: UserValues) => ({
  displayName: values.displayName.trim() ? undefined : m.setupNameMissing(),
  email: values.email.trim() ? undefined : m.loginEmailMissing(),
  password:
    (isNew || values.password) && values.password.length < shortestPassword
      ? m.setupPasswordShort({ count: shortestPassword })
      : undefined,
  propertyIds:
    !values.allProperties && values.propertyIds.length === 0 ? m.setupUserChooseProperty() : undefined,
})

const patch = (user: User, body: Record<string, unknown>, key: string, version: number | undefined) =>
  dataOf(
    api.PATCH('/api/v1/pms/users/{id}', {
      params: { path: { id: user.id } },
      body: body as never,
      headers: writeHeaders(key, version),
    }),
  )

/** Where one works is one thing: all houses, or these. */
function bodyOf({ password, allProperties, propertyIds, ...rest }: Partial<UserValues>, values: UserValues) {
  const hasMoved = allProperties !== undefined || propertyIds !== undefined
  const where = values.allProperties
    ? { allProperties: true }
    : { allProperties: false, propertyIds: values.propertyIds }
  return { ...rest, ...(password ? { password } : {}), ...(hasMoved ? where : {}) }
}

export function UserDialog({ user, onClose }: { user: User | undefined; onClose: () => void }) {
  const me = useMe()
  const cache = useQueryClient()
  const [id] = useState(ulid)
  const [isConfirming, setConfirming] = useState(false)
  const isReadOnly = !me.allProperties
  const done = () => {
    void cache.invalidateQueries({ queryKey: usersQuery.queryKey })
    notify({ text: m.uiFormSaved() })
    onClose()
  }
  const form = useForm<UserValues, User, User>({
    initial: user ? valuesOf(user) : emptyUser,
    version: user?.version,
    valuesOf,
    check: checkAs(!user),
    send: ({ values, changes, key, version }) => {
      if (user) return patch(user, bodyOf(changes, values), key, version)
      const { allProperties, propertyIds, ...rest } = values
      const body = { id, ...rest, ...(allProperties ? { allProperties } : { propertyIds }) }
      return dataOf(api.POST('/api/v1/pms/users', { body, headers: writeHeaders(key) }))
    },
    onSaved: done,
  })
  const label = user?.isActive ? m.setupDeactivate() : m.setupReactivate()
  const mayDeactivate = user && !isReadOnly && user.id !== me.id
  return (
    <>
      <FormDialog
        title={user ? user.displayName : m.setupUserNew()}
        form={form}
        onClose={onClose}
        submitLabel={user ? m.uiFormSave() : m.setupUserCreate()}
        isReadOnly={isReadOnly}
        extra={mayDeactivate && <Button onPress={() => setConfirming(true)}>{label}</Button>}
      >
        <UserFields form={form} isNew={!user} />
      </FormDialog>
      {user && isConfirming && (
        <Confirm
          title={
            user.isActive ? m.setupUserDeactivateTitle({ name: user.displayName }) : m.setupReactivateTitle()
          }
          label={label}
          isDanger={user.isActive}
          run={(key) => patch(user, { isActive: !user.isActive }, key, user.version)}
          onDone={done}
          onClose={() => setConfirming(false)}
        >
          {user.isActive ? m.setupUserDeactivateText() : m.setupUserReactivateText()}
        </Confirm>
      )}
    </>
  )
}

function UserFields({ form, isNew }: { form: Form<UserValues>; isNew: boolean }) {
  return (
    <>
      <div className="grid gap-x-3 gap-y-4 sm:grid-cols-2">
        <TextField label={m.setupName()} {...form.field('displayName')} isRequired autoComplete="off" />
        <TextField
          label={m.guestsEmail()}
          type="email"
          {...form.field('email')}
          isRequired
          isReadOnly={!isNew}
          description={isNew ? m.setupUserEmailHelp() : m.setupUserEmailFixed()}
          autoComplete="off"
        />
        <Select label={m.setupRole()} choices={roleChoices()} {...form.field('role')} />
        <Select
          label={m.menuLanguage()}
          choices={allLanguages.map((id) => ({ id: id as string, label: languages[id] }))}
          {...form.field('locale')}
        />
      </div>
      <Where form={form} />
      <PasswordField form={form} isNew={isNew} />
    </>
  )
}

function Where({ form }: { form: Form<UserValues> }) {
  const me = useMe()
  const { allProperties, propertyIds } = form.values
  const error = form.field('propertyIds').error ?? form.field('allProperties').error
  const toggle = (id: string, isIn: boolean) =>
    form.set({ propertyIds: isIn ? [...propertyIds, id].sort() : propertyIds.filter((one) => one !== id) })
  return (
    <fieldset>
      <legend className="font-medium text-muted text-xs">{m.setupUserWhere()}</legend>
      <Switch isSelected={allProperties} onChange={(all) => form.set({ allProperties: all })}>
        {m.setupUserAllProperties()}
      </Switch>
      {!allProperties && (
        <div className="flex flex-wrap gap-x-6">
          {me.properties.map((one) => (
            <Checkbox
              key={one.id}
              isSelected={propertyIds.includes(one.id)}
              onChange={(isIn) => toggle(one.id, isIn)}
            >
              {one.name}
            </Checkbox>
          ))}
        </div>
      )}
      {error && <p className="text-danger-text text-xs">{error}</p>}
    </fieldset>
  )
}

function PasswordField({ form, isNew }: { form: Form<UserValues>; isNew: boolean }) {
  const [isShown, setShown] = useState(false)
  return (
    <TextField
      label={isNew ? m.loginPassword() : m.setupPasswordNew()}
      description={isNew ? m.setupPasswordHelp() : m.setupPasswordResetHelp()}
      type={isShown ? 'text' : 'password'}
      autoComplete="new-password"
      {...form.field('password')}
      isRequired={isNew}
      className="sm:w-1/2"
      end={
        <IconButton
          icon="eye"
          label={isShown ? m.loginPasswordHide() : m.loginPasswordShow()}
          onPress={() => setShown(!isShown)}
        />
      }
    />
  )
}
