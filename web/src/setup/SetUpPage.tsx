import { Link, Navigate, useParams } from '@tanstack/react-router'
import { type ComponentType, lazy, Suspense } from 'react'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { NotAllowed, NotFound } from '../ui/PageState'
import { Skeleton } from '../ui/Skeleton'
import { PropertySection } from './PropertySection'
import { type SectionId, sections } from './sections'

const views: Record<SectionId, ComponentType> = {
  property: PropertySection,
  'room-types': lazy(() => import('./rooms/TypesSection').then((it) => ({ default: it.TypesSection }))),
  rooms: lazy(() => import('./rooms/RoomsSection').then((it) => ({ default: it.RoomsSection }))),
  rates: lazy(() => import('./plans/RatesSection').then((it) => ({ default: it.RatesSection }))),
  packages: lazy(() => import('./packages/PackagesSection').then((it) => ({ default: it.PackagesSection }))),
  restrictions: lazy(() =>
    import('./plans/RestrictionsSection').then((it) => ({ default: it.RestrictionsSection })),
  ),
  overbooking: lazy(() => import('./plans/LimitsSection').then((it) => ({ default: it.LimitsSection }))),
  taxes: lazy(() => import('./taxes/TaxesSection').then((it) => ({ default: it.TaxesSection }))),
  policies: lazy(() => import('./policies/PoliciesSection').then((it) => ({ default: it.PoliciesSection }))),
  users: lazy(() => import('./users/UsersSection').then((it) => ({ default: it.UsersSection }))),
  'api-keys': lazy(() => import('./users/KeysSection').then((it) => ({ default: it.KeysSection }))),
}

/** Opens the first part in which one has something to do: housekeeping the rooms. */
export function SetUpPage() {
  const { may } = useApp()
  const seen = sections.filter((section) => may(section.permission))
  const first = seen.find(({ changes }) => changes.some(may)) ?? seen[0]
  if (!first) return <NotAllowed />
  return <Navigate to="/set-up/$section" params={{ section: first.id }} replace />
}

export function SetUpSectionPage() {
  const { section: id } = useParams({ from: '/app/set-up/$section' })
  const { may } = useApp()
  const section = sections.find((one) => one.id === id)
  const View = section && views[section.id]
  return (
    <div className="flex min-h-0 grow max-lg:flex-col">
      <SectionNav />
      <div className="min-w-0 grow">
        {!View ? (
          <NotFound />
        ) : may(section.permission) ? (
          <Suspense fallback={<Skeleton />}>
            <View />
          </Suspense>
        ) : (
          <NotAllowed />
        )}
      </div>
    </div>
  )
}

function SectionNav() {
  const { may } = useApp()
  return (
    <nav
      aria-label={m.setupParts()}
      className="flex shrink-0 gap-0.5 border-line p-2 max-lg:overflow-x-auto max-lg:border-b lg:w-48 lg:flex-col lg:border-e lg:px-3 lg:py-4"
    >
      {sections
        .filter((section) => may(section.permission))
        .map((section) => (
          <Link
            key={section.id}
            to="/set-up/$section"
            params={{ section: section.id }}
            className="flex min-h-control items-center whitespace-nowrap rounded-md px-2.5 text-muted hover:bg-sunken hover:text-text"
            activeProps={{
              className: 'bg-accent-soft font-semibold text-accent-text! hover:bg-accent-soft!',
            }}
          >
            {section.name()}
          </Link>
        ))}
    </nav>
  )
}
