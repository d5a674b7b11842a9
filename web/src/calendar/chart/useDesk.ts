import { useCallback, useSyncExternalStore } from 'react'
import type { Model } from '../core/model'
import type { State } from '../core/state'
import type { Desk } from '../desk/Desk'

/** Draws again when what is taken from the state differs. */
export function useDeskState<T>(desk: Desk, take: (state: State) => T): T {
  const { controller } = desk
  const subscribe = useCallback((listener: () => void) => controller.subscribe(listener), [controller])
  return useSyncExternalStore(subscribe, () => take(controller.state))
}

export const useRows = (desk: Desk) => {
  const { controller, model } = desk
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = [
        controller.subscribe(listener),
        ...['structure', 'window', 'totals'].map((topic) => model.subscribe(topic, listener)),
      ]
      return () => stops.forEach((stop) => void stop())
    },
    [controller, model],
  )
  return useSyncExternalStore(subscribe, () => controller.rows)
}

/** The count of changes of a row, of the totals, of the structure. */
export function useVersion(model: Model, topic: string): number {
  const subscribe = useCallback((listener: () => void) => model.subscribe(topic, listener), [model, topic])
  return useSyncExternalStore(subscribe, () => model.versionOf(topic))
}
