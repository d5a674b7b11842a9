import { useRouteContext, useSearch } from '@tanstack/react-router'
import type { Me, MyProperty } from '../api/queries'
import { may, type Permission } from './permissions'
import { propertyOf } from './property'

export interface AppState {
  me: Me
  /** The property that is open. The frame shows no page without one. */
  property: MyProperty
  may: (permission: Permission) => boolean
}

export function useMe(): Me {
  return useRouteContext({ from: '/app', select: (context) => context.me })
}

/** Who works, in which property, and what they may do. For everything below the frame. */
export function useApp(): AppState {
  const me = useMe()
  const inUrl = usePropertyInUrl()
  const property = propertyOf(me, inUrl)
  if (!property) throw new Error('useApp needs the frame, which shows no page without a property')
  return { me, property, may: (permission) => may(me, permission) }
}

export const usePropertyInUrl = (): string | undefined =>
  useSearch({ from: '/app', select: (search) => search.property })
