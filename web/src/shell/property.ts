import type { Me, MyProperty } from '../api/queries'

const key = 'pms.property'

const remembered = () => globalThis.localStorage?.getItem(key) ?? undefined

/** The property of the URL; else the one that was open last on this device; else the first. A stranger's id in the URL finds none. */
export function propertyOf(me: Me, inUrl: string | undefined): MyProperty | undefined {
  const find = (id: string | undefined) => me.properties.find((property) => property.id === id)
  return inUrl ? find(inUrl) : (find(remembered()) ?? me.properties[0])
}

export const rememberProperty = (id: string) => globalThis.localStorage?.setItem(key, id)
