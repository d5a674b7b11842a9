import type { ChartBar } from '../core/chart'

// As in `readChart`: what looks like this stands in no text of a guest.
const ROOM = '"roomId":"'

/** The bars of a chart as the text in which they came, by their room. A bar is read when its room is asked for, and once. */
export class UnreadBars implements Iterable<ChartBar> {
  private readonly texts = new Map<string, string[]>()
  private readonly read = new Map<string, ChartBar[]>()

  /** What stands between `{"` and `}`. */
  add(text: string): void {
    const at = text.indexOf(ROOM) + ROOM.length
    const roomId = text.slice(at, text.indexOf('"', at))
    const known = this.texts.get(roomId)
    if (known) known.push(text)
    else this.texts.set(roomId, [text])
  }

  put(bar: ChartBar): void {
    this.of(bar.roomId).push(bar)
  }

  of(roomId: string): ChartBar[] {
    const known = this.read.get(roomId)
    if (known) return known
    const bars = (this.texts.get(roomId) ?? []).map((text) => JSON.parse(`{"${text}}`) as ChartBar)
    this.texts.delete(roomId)
    this.read.set(roomId, bars)
    return bars
  }

  *[Symbol.iterator](): Iterator<ChartBar> {
    for (const roomId of [...this.texts.keys()]) this.of(roomId)
    for (const bars of this.read.values()) yield* bars
  }
}
