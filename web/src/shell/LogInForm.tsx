import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api, dataOf } from '../api/client'
import { ApiError } from '../api/errors'
import type { Me } from '../api/queries'
import { sentenceOf } from '../i18n/sentences'
import { m } from '../paraglide/messages'
import { Button, IconButton } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { Select } from '../ui/Select'
import { TextField } from '../ui/TextField'

interface Entries {
  email: string
  password: string
  tenant: string | null
}

const logIn = ({ email, password, tenant }: Entries) =>
  dataOf(api.POST('/api/v1/pms/auth/login', { body: { email, password, ...(tenant ? { tenant } : {}) } }))

/** Told by the server to who knew the password of each: which companies this e-mail may open. */
const tenantsOf = (error: unknown): string[] => {
  const tenants = error instanceof ApiError ? error.facts.tenants : undefined
  return Array.isArray(tenants) ? tenants.map(String) : []
}

const secondsPerMinute = 60

export function refusalOf(error: unknown): string {
  if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') return m.loginWrong()
  if (error instanceof ApiError && error.code === 'RATE_LIMITED') {
    return m.loginLimited({
      count: Math.ceil((error.retryAfterSeconds ?? 15 * secondsPerMinute) / secondsPerMinute),
    })
  }
  return sentenceOf(error)
}

export interface LogInFormProps {
  /** Who it must be, when a session ended: the page below is theirs. */
  email?: string | undefined
  /** Of the session that ended: the person is not asked again. */
  tenant?: string | undefined
  onLoggedIn: (me: Me) => void
}

export function LogInForm({ email: fixedEmail, tenant: fixedTenant, onLoggedIn }: LogInFormProps) {
  const [email, setEmail] = useState(fixedEmail ?? '')
  const [password, setPassword] = useState('')
  const [tenant, setTenant] = useState<string | null>(fixedTenant ?? null)
  const [tenants, setTenants] = useState<string[]>([])
  const [wasSent, setSent] = useState(false)
  const attempt = useMutation({
    mutationFn: logIn,
    onSuccess: onLoggedIn,
    onError: (error) => setTenants((known) => (known.length > 0 ? known : tenantsOf(error))),
  })
  const asksTenant = tenants.length > 0 && !fixedTenant
  const isChoosing = tenantsOf(attempt.error).length > 0

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setSent(true)
    if (email.trim() && password && !attempt.isPending) attempt.mutate({ email, password, tenant })
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {attempt.isError && !isChoosing && <Refusal text={refusalOf(attempt.error)} />}
      {fixedEmail ? (
        <KnownUser email={fixedEmail} />
      ) : (
        <TextField
          label={m.loginEmail()}
          type="email"
          name="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
          autoFocus
          error={wasSent && !email.trim() ? m.loginEmailMissing() : undefined}
        />
      )}
      <PasswordField
        value={password}
        onChange={setPassword}
        autoFocus={!!fixedEmail}
        isMissing={wasSent && !password}
      />
      {asksTenant && (
        <Select
          label={m.loginTenant()}
          description={m.loginTenantChoose()}
          choices={tenants.map((slug) => ({ id: slug, label: slug }))}
          value={tenant}
          onChange={setTenant}
        />
      )}
      <Button type="submit" look="primary" isPending={attempt.isPending} className="mt-1 w-full">
        {m.loginSubmit()}
      </Button>
    </form>
  )
}

/** Who it must be; the field is for the password manager, which looks the password up by it. */
const KnownUser = ({ email }: { email: string }) => (
  <div>
    <p dir="ltr" className="text-start font-medium">
      {email}
    </p>
    <input type="text" name="email" autoComplete="username" value={email} readOnly hidden />
  </div>
)

function Refusal({ text }: { text: string }) {
  return (
    <div role="alert" className="flex gap-2 rounded-md bg-danger-soft p-2.5 text-danger-text">
      <Icon name="warning" className="mt-0.5" />
      <span>{text}</span>
    </div>
  )
}

interface PasswordProps {
  value: string
  onChange: (value: string) => void
  autoFocus: boolean
  isMissing: boolean
}

function PasswordField({ value, onChange, autoFocus, isMissing }: PasswordProps) {
  const [isShown, setShown] = useState(false)
  return (
    <TextField
      label={m.loginPassword()}
      type={isShown ? 'text' : 'password'}
      name="password"
      autoComplete="current-password"
      value={value}
      onChange={onChange}
      autoFocus={autoFocus}
      error={isMissing ? m.loginPasswordMissing() : undefined}
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
