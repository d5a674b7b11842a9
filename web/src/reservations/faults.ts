import type { ApiError } from '../api/errors'
import { withDays } from '../i18n/days'
import { m } from '../paraglide/messages'
import type { FieldFault, StayFields } from './fields'
import type { RoomType } from './queries'

/** Where the form shows a fault of a field of the API. */
const places: Record<string, keyof StayFields> = {
  checkInDate: 'from',
  checkOutDate: 'from',
  'primaryGuestJson.firstName': 'firstName',
  'primaryGuestJson.lastName': 'lastName',
  'primaryGuestJson.email': 'email',
  'primaryGuestJson.phone': 'phone',
  holdExpiresAt: 'holdDay',
  childAges: 'ages',
  'wishes.floor': 'wishes',
  ...Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`wishes.features[${n}]`, 'wishes'] as const)),
  ...Object.fromEntries(
    (
      [
        'roomTypeId',
        'roomId',
        'ratePlanId',
        'adults',
        'children',
        'guestId',
        'firstName',
        'lastName',
        'email',
        'phone',
        'arrivalTime',
        'sourceType',
        'sourceRef',
        'guestNotes',
        'internalNotes',
        'packageIds',
      ] as const
    ).map((name) => [name, name]),
  ),
}

export const shownFields: readonly string[] = Object.keys(places)

type Limits = Pick<RoomType, 'maxAdults' | 'maxOccupancy'> | undefined

const words: Record<FieldFault, (type: Limits) => string> = {
  dates: () => m.stayDatesMissing(),
  type: () => m.stayTypeMissing(),
  lastName: () => m.stayLastNameMissing(),
  nobody: () => m.stayNobody(),
  adults: (type) => m.stayAdultsMost({ count: type?.maxAdults ?? 0 }),
  ages: () => m.stayChildAgesSome(),
  persons: (type) => m.stayPersonsMost({ count: type?.maxOccupancy ?? 0 }),
}

/** What to say at a field: what the form knows by itself, else what the server refused. */
export function errorsOf(
  own: Partial<Record<keyof StayFields, FieldFault>>,
  type: Limits,
  refusal: ApiError | null,
): (field: keyof StayFields) => string | undefined {
  return (field) => {
    const fault = own[field]
    if (fault) return words[fault](type)
    const refused = refusal?.details.find((one) => places[one.field] === field)
    return refused && withDays(refused.message)
  }
}
