import type { Status } from '../core/items'

/** Small signs on a field of 12 by 12: filled, so that they are read at the size of a letter. */
const paths = {
  hold: 'M2.5 1h7v1.2c0 1.7-1 2.7-2.3 3.8 1.3 1.1 2.3 2.1 2.3 3.8V11h-7V9.8c0-1.7 1-2.7 2.3-3.8C3.500 4.900 2.500 3.900 2.500 2.200z',
  confirmed: 'M4.700 9.600 1.400 6.300l1.300-1.300 2 2 4.600-4.600 1.300 1.300z',
  in_house: 'M1 2h1.500v4H11v4.500H9.500V9h-7v1.500H1zM5 3.200h4A2 2 0 0 1 11 5.200H5z',
  departed: 'M1.500 1.500h4.500V3H3v6h3v1.500H1.500zM7.500 3 11 6l-3.500 3V7H4.500V5h3z',
  no_show:
    'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1zm0 1.500A3.500 3.500 0 0 0 3.200 8.100l4.900-4.900A3.500 3.500 0 0 0 6 2.500zm2.800 1.400L3.900 8.800A3.500 3.500 0 0 0 8.800 3.900z',
  pin: 'M3.500 5V3.800a2.500 2.500 0 0 1 5 0V5H9.500v6h-7V5zM5 5h2V3.800a1 1 0 0 0-2 0z',
  note: 'M2 1h8v6.500L6.800 11H2zM4 3.500v1h4v-1zm0 2.300v1h3v-1z',
  owes: 'M6 .8a5.200 5.200 0 1 1 0 10.400A5.200 5.200 0 0 1 6 .8zM5.400 2.600v.7c-.9.200-1.500.8-1.500 1.600 0 1 .8 1.400 1.800 1.700.7.200 1 .4 1 .7s-.3.600-.8.600c-.6 0-.9-.3-1-.8h-1.200c.1.900.7 1.500 1.700 1.700v.700h1.100v-.7c1-.2 1.600-.8 1.600-1.600 0-1-.8-1.400-1.800-1.700-.7-.2-1-.4-1-.7s.3-.5.7-.5c.5 0 .8.300.8.700h1.200c0-.8-.6-1.400-1.500-1.600v-.8z',
} as const

export type SignName = keyof typeof paths

export function Sign({ name }: { name: SignName }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 12 12" className={`sign is-${name}`}>
      <path d={paths[name]} fillRule="evenodd" fill="currentColor" />
    </svg>
  )
}

const signs: Record<Status, SignName> = {
  HOLD: 'hold',
  CONFIRMED: 'confirmed',
  CHECKED_IN: 'in_house',
  CHECKED_OUT: 'departed',
  CANCELLED: 'no_show',
  NO_SHOW: 'no_show',
}

export const statusSign = (status: Status): SignName => signs[status]
