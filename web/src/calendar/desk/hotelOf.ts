import type { AppState } from '../../shell/useApp'
import { nightOf } from '../core/days'
import type { Hotel } from './Desk'

export function hotelOf({ me, property, may }: AppState): Hotel {
  return {
    propertyId: property.id,
    userId: me.id,
    businessDate: nightOf(property.businessDate),
    locale: property.locale,
    may: (one) => may(one as never),
  }
}
