/**
 * The same rows and bars from the same answer, as DayPilot Lite draws them as it comes: rows and bars are drawn progressively, which is its
 * default. It follows changes as our chart does: the stream says of which stay, and the stay is read.
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

/** Ids of bars by stay, made when the first change comes. */
function barsByStay() {
  const bars = new Map()
  for (const { id } of window.chart.events.list) {
    const stay = id.split(':')[0]
    const known = bars.get(stay)
    if (known) known.push(id)
    else bars.set(stay, [id])
  }
  return bars
}

/** What the stream tells is gathered for a frame; then each stay is read, and its bars are told. */
function follow(property) {
  let heard = new Set()
  let bars
  const read = async (id) => {
    const { data } = await (await fetch(`/api/v1/pms/reservations/${id}`, { cache: 'no-store' })).json()
    return [id, data.primaryGuestJson.lastName]
  }
  const update = async () => {
    const ids = [...heard]
    heard = new Set()
    const told = await Promise.all(ids.map(read))
    bars ??= barsByStay()
    for (const [id, name] of told) {
      for (const bar of bars.get(id) ?? []) {
        const event = window.chart.events.find(bar)
        event.data.text = name
        window.chart.events.update(event)
      }
    }
  }
  new EventSource(`/api/v1/pms/calendar/stream?propertyId=${property}`).addEventListener(
    'change',
    (event) => {
      if (heard.size === 0) setTimeout(update, 16)
      heard.add(JSON.parse(event.data).entityId)
    },
  )
}

document.getElementById('chart').style.width = `${number('width')}px`
fetch(
  `/api/v1/pms/calendar?propertyId=${asked.get('property')}&start=${asked.get('start')}&days=${asked.get('days')}`,
)
  .then((answer) => answer.json())
  .then(({ data }) => {
    show(data)
    follow(asked.get('property'))
  })
