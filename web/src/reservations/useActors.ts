import { useQuery } from '@tanstack/react-query'
import { api, bodyOf } from '../api/client'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'

/** The names behind the ids of the trail. Who may not see the users sees at least what was done by oneself, and what by the program. */
export function useActors(): (id: string) => string {
  const { me, may } = useApp()
  const { data } = useQuery({
    queryKey: ['users', 'names'],
    enabled: may('pms.users.manage'),
    staleTime: 300_000,
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/api/v1/pms/users', { params: { query: { limit: 100 } }, signal })),
  })
  const { data: keys } = useQuery({
    queryKey: ['api-keys', 'names'],
    enabled: may('pms.users.manage'),
    staleTime: 300_000,
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/api/v1/pms/api-keys', { params: { query: { limit: 100 } }, signal })),
  })
  const names = new Map([
    ...(data?.data ?? []).map((user) => [user.id, user.displayName] as const),
    ...(keys?.data ?? []).map((key) => [key.id, m.stayByKey({ name: key.name })] as const),
  ])
  return (id) => {
    if (id === 'system') return m.stayBySystem()
    return id === me.id ? me.name : (names.get(id) ?? m.stayBySomeone())
  }
}
