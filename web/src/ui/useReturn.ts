import { useEffect, useState } from 'react'

/** What had the focus before anything was laid over the page. */
let before: HTMLElement | null = null

export const focusBefore = () => before

const isOver = (element: Element) => element.closest('[role=dialog], [role=alertdialog]') !== null

/**
 * Gives the focus back to where it was before the first of what lies over the page. React Aria does it for one that opens and closes; where
 * one takes the place of another, such as a drawer that of its skeleton, what it would give the focus to is gone.
 */
export function useReturn(): void {
  // Asked while it is drawn: a moment later the focus is within.
  useState(() => {
    const now = document.activeElement
    if (now instanceof HTMLElement && !isOver(now)) before = now === document.body ? null : now
  })
  useEffect(() => () => void requestAnimationFrame(() => setTimeout(back)), [])
}

function back(): void {
  const isLost = document.activeElement === document.body || !document.activeElement
  if (isLost && before?.isConnected) before.focus({ preventScroll: true })
}
