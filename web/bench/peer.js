/**
 * The same rows and bars from the same answer, as DayPilot Lite draws them. Its own settings where it has one for speed: rows and bars
 * are drawn progressively, which is its default; no bar of duration, no tool tip and no time of day, which our chart has not either.
 */
const asked = new URLSearchParams(location.search)
const number = (name) => Number(asked.get(name))

/** As our chart orders them: each type has its head, lanes of stays that wait, and rooms by number. */
function rowsOf(chart) {
  const byNumber = new Intl.Collator('en', { numeric: true })
  const resources = []
  const lanes = []
  for (const type of chart.roomTypes) {
    resources.push({ id: `type:${type.id}`, name: type.name, cssClass: 'is-group' })
    const own = []
    for (const stay of chart.unassigned.filter((one) => one.roomTypeId === type.id)) {
      let lane = own.findIndex((to) => to <= stay.checkInDate)
      if (lane < 0) lane = own.push('') - 1
      own[lane] = stay.checkOutDate
      lanes.push([stay, `lane:${type.id}:${lane}`])
    }
    for (let lane = 0; lane < Math.max(1, own.length); lane += 1)
      resources.push({ id: `lane:${type.id}:${lane}`, name: lane === 0 ? 'Unassigned' : '' })
    const rooms = chart.rooms.filter((room) => room.roomTypeId === type.id)
    rooms.sort((a, b) => byNumber.compare(a.roomNumber, b.roomNumber))
    for (const room of rooms) resources.push({ id: room.id, name: room.roomNumber })
  }
  return { resources, lanes }
}

// Guests come at noon and leave at noon, which is the middle of a day's cell.
const bar = (id, text, resource, from, to, kind) => ({
  id,
  text,
  resource,
  start: `${from}T12:00:00`,
  end: `${to}T12:00:00`,
  cssClass: `is-${kind}`,
})

function show(chart) {
  const { resources, lanes } = rowsOf(chart)
  const events = [
    ...chart.bars.map((one) => {
      const id = `${one.reservationId}:${one.startDate}`
      return bar(id, one.lastName, one.roomId, one.startDate, one.endDate, one.status.toLowerCase())
    }),
    ...chart.blocks.map((one) =>
      bar(one.id, one.reason ?? '', one.roomId, one.startDate, one.endDate, 'block'),
    ),
    ...lanes.map(([one, row]) =>
      bar(one.reservationId, one.lastName, row, one.checkInDate, one.checkOutDate, one.status.toLowerCase()),
    ),
  ]
  if (window.bench) window.bench.isRoom = resources.map(({ id }) => !id.includes(':'))
  window.chart = new DayPilot.Scheduler('chart', {
    startDate: chart.start,
    days: chart.days,
    scale: 'Day',
    timeHeaders: [
      { groupBy: 'Month', format: 'MMMM yyyy' },
      { groupBy: 'Day', format: 'd' },
    ],
    headerHeight: 28,
    heightSpec: 'Fixed',
    height: number('height'),
    cellWidth: number('night'),
    rowHeaderWidth: 172,
    eventHeight: number('row'),
    floatingEvents: true,
    scrollDelayEvents: number('delay'),
    timeRangeSelectedHandling: 'Enabled',
    eventMoveHandling: 'Update',
    eventResizeHandling: 'Update',
    resources,
    events,
  })
  window.chart.init()
}

document.getElementById('chart').style.width = `${number('width')}px`
fetch(
  `/api/v1/pms/calendar?propertyId=${asked.get('property')}&start=${asked.get('start')}&days=${asked.get('days')}`,
)
  .then((answer) => answer.json())
  .then(({ data }) => show(data))
