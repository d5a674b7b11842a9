import type { ReactNode } from 'react'

/** The name of a part of the set-up, what it is for, and what can be done. */
export function SectionHead({
  title,
  text,
  children,
}: {
  title: string
  text?: string
  children?: ReactNode
}) {
  return (
    <div className="flex flex-wrap items-end gap-x-3 gap-y-2 px-4 pt-4 pb-3 lg:px-6">
      <div className="min-w-60 grow basis-80">
        <h1>{title}</h1>
        {text && <p className="mt-0.5 text-pretty text-muted">{text}</p>}
      </div>
      {children}
    </div>
  )
}
