import { m } from '../paraglide/messages'
import { api, bodyOf, type Schemas } from './client'

export type AuditEntry = Schemas['AuditEntry']
type Page = Schemas['Page_AuditEntry']
type Query = {
  propertyId: string
  limit: number
  cursor?: string
  entityType?: string
  entityId?: string
  from?: string
  to?: string
}

/** A page of the trail. It is JSON unless a file is asked for, which only a link does. */
export const auditPage = async (query: Query, signal: AbortSignal): Promise<Page> =>
  (await bodyOf(api.GET('/api/v1/pms/audit', { params: { query }, signal }))) as Page

/** Who did it; the program itself has no name. */
export const actorOf = ({ actorName }: AuditEntry): string => actorName ?? m.stayBySystem()
