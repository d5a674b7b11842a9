/** Words by name, with what fills them in. The message catalogue makes the sentence; days are `YYYY-MM-DD`, counts are numbers. */
export type Facts = Readonly<Record<string, string | number | boolean>>

export interface Message {
  readonly key: string
  readonly facts: Facts
}

export function message(key: string, facts: Facts = {}): Message {
  return { key, facts }
}
