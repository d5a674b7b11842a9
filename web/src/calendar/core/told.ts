import type { ChartRoom } from './chart'
import type { Item } from './items'

/** How a stay, a block or a room looks while its change waits for an answer. No items: it is gone. */
export interface Edit {
  readonly id: string
  readonly items?: readonly Item[]
  readonly room?: Partial<ChartRoom>
}

/** What an answer says of one of them. */
export interface Told {
  readonly id: string
  readonly items?: readonly Item[]
  readonly version: number
  readonly room?: Partial<ChartRoom>
}
