import { expectTypeOf, test } from 'vitest'
import type { components } from '../../api/schema'
import type { BlockAnswer, BookingAnswer, RoomAnswer } from './answers'
import type { Chart } from './chart'

type Schemas = components['schemas']

test('what the API answers fits into what the chart reads', () => {
  expectTypeOf<Schemas['Chart']>().toExtend<Chart>()
  expectTypeOf<Schemas['Booking']>().toExtend<BookingAnswer>()
  expectTypeOf<Schemas['RoomBlock']>().toExtend<BlockAnswer>()
  expectTypeOf<Schemas['Room']>().toExtend<RoomAnswer>()
})
