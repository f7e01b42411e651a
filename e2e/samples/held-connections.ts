/**
 * Opens COUNT connections to the greeter and holds them until its standard input ends, saying a word on each ten times a
 * second; then writes one JSON object: how many were cut meanwhile.
 */
import { dial } from './dial.ts'

const { GREETER_HOST = 'greeter', GREETER_PORT = '7000', COUNT = '40' } = process.env
const TIMEOUT_MS = 10_000
let cut = 0

const sockets = await Promise.all(
  Array.from({ length: Number(COUNT) }, () => dial(GREETER_HOST, Number(GREETER_PORT), TIMEOUT_MS)),
)
for (const socket of sockets) {
  socket.setTimeout(0)
  socket.on('error', () => {})
  socket.once('close', () => cut++)
}
await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('data', resolve))))
for (const socket of sockets) socket.resume()
process.stdout.write(`held ${sockets.length}\n`)
const talking = setInterval(() => {
  for (const socket of sockets) if (socket.writable) socket.write('still here\r\n')
}, 100)
process.stdin.resume().once('end', () => {
  clearInterval(talking)
  process.stdout.write(JSON.stringify({ held: sockets.length, cut }) + '\n')
  for (const socket of sockets) socket.removeAllListeners('close').destroy()
})
