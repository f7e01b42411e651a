/** TCP where the server speaks first: a greeting, then every line comes back in capitals; `quit` ends. */
import { createServer } from 'node:net'

const { HOST = '0.0.0.0', PORT = '7000', NAME = 'greeter' } = process.env

const server = createServer((socket) => {
  socket.setEncoding('utf8').on('error', () => socket.destroy())
  socket.write(`220 ${NAME} ready\r\n`)
  let rest = ''
  socket.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\r\n')
    rest = lines.pop()!
    for (const line of lines) {
      if (line === 'quit') socket.end('221 bye\r\n')
      else socket.write(`250 ${line.toUpperCase()}\r\n`)
    }
  })
})
server.listen(Number(PORT), HOST)

process.once('SIGTERM', () => server.close(() => process.exit(0)))
