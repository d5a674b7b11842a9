// A mail server for the browser tests: it takes every letter but those to nobody@, keeps none, and prints its address.
import { createServer } from 'node:net'

const server = createServer((socket) => {
  let isLetter = false
  let text = ''
  const say = (line) => socket.write(`${line}\r\n`)
  say('220 mail for tests')
  socket.setEncoding('utf8')
  socket.on('error', () => {})
  socket.on('data', (piece) => {
    text += piece
    for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
      const line = text.slice(0, end)
      text = text.slice(end + 2)
      if (isLetter) {
        if (line !== '.') continue
        isLetter = false
        say('250 kept')
      } else if (line === 'DATA') {
        isLetter = true
        say('354 go on')
      } else if (line === 'QUIT') {
        say('221 bye')
        socket.end()
      } else if (line.startsWith('RCPT') && line.includes('nobody@')) say('550 No such mailbox here')
      else say('250 yes')
    }
  })
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`smtp://127.0.0.1:${server.address().port}\n`))
