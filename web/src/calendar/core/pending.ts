import type { ChartRoom } from './chart'
import type { Item } from './items'
import type { Edit } from './told'

/** Changes that wait for their answer, in the order in which they were made: how things look until then. */
export class Pending {
  private readonly changes = new Map<string, readonly Edit[]>()

  get isEmpty(): boolean {
    return this.changes.size === 0
  }

  /** Answers what looks otherwise for it: what it changes, and what it changed before. */
  begin(change: string, edits: readonly Edit[]): readonly Edit[] {
    const touched = [...(this.changes.get(change) ?? []), ...edits]
    this.changes.set(change, edits)
    return touched
  }

  end(change: string): readonly Edit[] {
    const edits = this.changes.get(change) ?? []
    this.changes.delete(change)
    return edits
  }

  has(id: string): boolean {
    return !this.of(id).next().done
  }

  /** As a stay or a block looks, when it is `items` in truth. */
  itemsOf(id: string, items: readonly Item[]): readonly Item[] {
    for (const edit of this.of(id)) if (edit.items) items = edit.items
    return items
  }

  roomOf(room: ChartRoom): ChartRoom {
    for (const edit of this.of(room.id)) if (edit.room) room = { ...room, ...edit.room }
    return room
  }

  private *of(id: string): Generator<Edit> {
    for (const edits of this.changes.values()) for (const edit of edits) if (edit.id === id) yield edit
  }
}
