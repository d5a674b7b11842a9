// A payment gateway for the browser tests: it does what the description of a payment says, and prints its address. The card of a payment
// that "waits" is put in by POST /release/{account}.
import { createServer } from 'node:http'

const known = new Map()
const statuses = { declined: 'DECLINED', waits: 'PENDING' }

const json = (response, status, body) => {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

function tell(response, key) {
  const payment = known.get(key)
  if (!payment) return json(response, 404, { error: { code: 'UNKNOWN_KEY', message: 'Not known.' } })
  const { asked, status } = payment
  const reason = status === 'DECLINED' ? { code: 'INSUFFICIENT_FUNDS', message: 'Not enough money.' } : {}
  const reference = status === 'SETTLED' ? `ref-${key.slice(-4)}` : null
  json(response, 200, { key, status, amount: asked.amount, currency: asked.currency, reference, ...reason })
}

function release(account) {
  for (const payment of known.values())
    if (payment.asked.account === account && payment.status === 'PENDING') payment.status = 'SETTLED'
}

const server = createServer((request, response) => {
  let text = ''
  request.on('data', (piece) => {
    text += piece
  })
  request.on('end', () => {
    const last = request.url.split('/').at(-1)
    if (request.method === 'POST') {
      release(last)
      return json(response, 200, {})
    }
    if (request.headers.authorization !== `Bearer ${process.env.PMS_GATEWAY_SECRET}`)
      return json(response, 401, { error: { code: 'WRONG_SECRET', message: 'Not for you.' } })
    if (request.method === 'PUT' && !known.has(last)) {
      const asked = JSON.parse(text)
      known.set(last, { asked, status: statuses[asked.description] ?? 'SETTLED' })
    }
    tell(response, last)
  })
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`))
