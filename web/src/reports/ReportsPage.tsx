import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import { type Day, day } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import type { DayRange } from '../ui/DatePicker'
import { PageHeader } from '../ui/PageHeader'
import { Tabs } from '../ui/Tabs'
import { AuditReport } from './AuditReport'
import { FlashReport } from './FlashReport'
import { ForecastReport } from './ForecastReport'
import { HousekeepingReport } from './HousekeepingReport'
import { LedgersReport } from './LedgersReport'
import { MovementsReport } from './MovementsReport'
import { NoShowsReport } from './NoShowsReport'
import { OccupancyReport } from './OccupancyReport'
import { PaymentsReport } from './PaymentsReport'
import { PickUpReport } from './PickUpReport'
import { type ReportName, type ReportsSearch, reportNames } from './search'
import { spanOf } from './span'
import { TaxesReport } from './TaxesReport'

/** What a report is of, and how another is asked for. */
export interface Asked {
  search: ReportsSearch
  today: Day
  span: DayRange
  change(part: Partial<ReportsSearch>): void
}

const titles: Record<ReportName, () => string> = {
  flash: m.reportFlash,
  occupancy: m.reportOccupancy,
  pickUp: m.reportPickUp,
  forecast: m.reportForecast,
  movements: m.reportMovements,
  ledgers: m.reportLedgers,
  payments: m.reportPaymentSums,
  taxes: m.reportTaxes,
  noShows: m.reportNoShows,
  housekeeping: m.reportHousekeeping,
  audit: m.reportAudit,
}

const contents: Record<ReportName, (asked: Asked) => React.ReactNode> = {
  flash: (asked) => <FlashReport {...asked} />,
  occupancy: (asked) => <OccupancyReport {...asked} />,
  pickUp: (asked) => <PickUpReport {...asked} />,
  forecast: (asked) => <ForecastReport {...asked} />,
  movements: (asked) => <MovementsReport {...asked} />,
  ledgers: (asked) => <LedgersReport {...asked} />,
  payments: (asked) => <PaymentsReport {...asked} />,
  taxes: (asked) => <TaxesReport {...asked} />,
  noShows: (asked) => <NoShowsReport {...asked} />,
  housekeeping: (asked) => <HousekeepingReport {...asked} />,
  audit: (asked) => <AuditReport {...asked} />,
}

/** How the house did, does and will do: each report as a picture, a table and a file. */
export function ReportsPage() {
  const { property, may } = useApp()
  const today = day(property.businessDate)
  const search = useSearch({ from: '/app/reports' })
  const navigate = useNavigate({ from: '/reports' })
  const change = useCallback(
    (part: Partial<ReportsSearch>) =>
      void navigate({ search: (known) => ({ ...known, ...part }), replace: true, resetScroll: false }),
    [navigate],
  )
  // How somebody works, and who changed what, is for managers.
  const names = reportNames.filter(
    (id) =>
      (id !== 'housekeeping' || may('pms.housekeeping.report')) && (id !== 'audit' || may('pms.audit.view')),
  )
  const report = names.find((id) => id === search.report) ?? 'flash'
  const asked: Asked = { search, today, span: spanOf(report, search, today), change }
  return (
    <>
      <PageHeader title={m.navReports()} />
      <Tabs
        label={m.navReports()}
        className="px-4"
        value={report}
        onChange={(id) => change({ report: id as ReportName })}
        tabs={names.map((id) => ({
          id,
          title: titles[id](),
          content: () => <div className="px-4 pb-8">{contents[id](asked)}</div>,
        }))}
      />
    </>
  )
}
