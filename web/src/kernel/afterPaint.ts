/** When what was just changed is on the screen; soon, where nothing is painted. */
export function afterPaint(then: () => void): void {
  if (globalThis.document?.visibilityState !== 'visible') setTimeout(then)
  else requestAnimationFrame(() => setTimeout(then))
}
