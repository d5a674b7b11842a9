/** Counters by name, and who waits for them. Listeners hear once, after all counters of a change have moved. */
export class Signals {
  private versions = new Map<string, number>()
  private listeners = new Map<string, Set<() => void>>()
  private touched = new Set<string>()

  touch(topic: string): void {
    if (this.touched.has(topic)) return
    this.touched.add(topic)
    this.versions.set(topic, this.versionOf(topic) + 1)
  }

  versionOf(topic: string): number {
    return this.versions.get(topic) ?? 0
  }

  subscribe(topic: string, listener: () => void): () => void {
    // A wrapper of its own, so that the same function subscribed twice is heard until both have gone.
    const own = () => listener()
    const known = this.listeners.get(topic) ?? new Set()
    known.add(own)
    this.listeners.set(topic, known)
    return () => {
      known.delete(own)
      if (known.size === 0 && this.listeners.get(topic) === known) this.listeners.delete(topic)
    }
  }

  flush(): void {
    const touched = [...this.touched]
    this.touched.clear()
    for (const topic of touched) for (const listener of [...(this.listeners.get(topic) ?? [])]) listener()
  }
}
