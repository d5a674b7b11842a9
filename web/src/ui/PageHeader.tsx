import type { ReactNode } from 'react'

/** The name of a page, and at the end of its line what can be done on it. */
export function PageHeader({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <h1 className="grow">{title}</h1>
      {children}
    </div>
  )
}
