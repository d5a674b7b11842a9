import type { Status } from '../core/items'

export type SignName =
  | 'hold'
  | 'confirmed'
  | 'checked_in'
  | 'checked_out'
  | 'no_show'
  | 'pin'
  | 'note'
  | 'owes'

/** A small sign of 12 by 12; signs.css says where its picture is. */
export function Sign({ name }: { name: SignName }) {
  return <span aria-hidden="true" className={`sign is-${name}`} />
}

export const statusSign = (status: Status): SignName =>
  status === 'CANCELLED' ? 'no_show' : (status.toLowerCase() as Lowercase<Exclude<Status, 'CANCELLED'>>)
