/**
 * What `GET /api/v1/pms/calendar` answers, as far as the chart needs it. Written so that the types generated from `openapi.json` fit
 * into these without a cast.
 */
export interface Chart {
  propertyId: string
  start: string
  days: number
  businessDate: string
  currency: string
  revision: number
  roomTypes: readonly ChartType[]
  rooms: readonly ChartRoom[]
  bars: Bars
  blocks: readonly ChartBlock[]
  unassigned: readonly ChartWaiting[]
  dates: readonly ChartDate[]
}

/** All of them, and those of one room where they were sorted while they came. */
export type Bars = Iterable<ChartBar> & { of?(roomId: string): readonly ChartBar[] }

export interface ChartType {
  id: string
  code: string
  name: string
}

export interface ChartRoom {
  id: string
  roomNumber: string
  name?: string | null
  roomTypeId: string
  floor?: string | null
  status: string
  isInspected: boolean
  featuresJson?: unknown
  version: number
}

interface ChartStay {
  reservationId: string
  status: string
  lastName: string
  firstName?: string
  adults: number
  children: number
  sourceType: string
  version: number
  hasNotes?: boolean
  arrivalTime?: string
}

export interface ChartBar extends ChartStay {
  roomId: string
  startDate: string
  endDate: string
  /** Of the stay, where this bar is a piece that does not begin or end with it. */
  checkInDate?: string
  checkOutDate?: string
  isPinned?: boolean
  balanceCents?: number | null
}

export interface ChartWaiting extends ChartStay {
  checkInDate: string
  checkOutDate: string
  roomTypeId: string
}

export interface ChartBlock {
  id: string
  roomId: string
  startDate: string
  endDate: string
  blockType: string
  reason?: string | null
  version: number
}

export interface ChartDate {
  date: string
  sold: number
  available: number
  availableByType: readonly number[]
  offMarket: number
  arrivals: number
  departures: number
  occupancyPercent: number
}
