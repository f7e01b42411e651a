import { randomBytes } from 'node:crypto'
import { webSocketLibrary } from './websocket-library.ts'

/** websocket-client.ts URL: talks with websocket-server.ts and writes what it saw as one line of JSON. */
const MESSAGES = 500
const { WebSocket } = webSocketLibrary()
const socket = new WebSocket(process.argv[2]!)
const received: { data: Buffer; isBinary: boolean }[] = []
let wake = (): void => {}
socket.on('message', (data, isBinary) => {
  received.push({ data, isBinary })
  wake()
})
const closed = new Promise<{ code: number; reason: string }>((resolve, reject) => {
  socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
  socket.once('error', reject)
})
await Promise.race([new Promise<void>((resolve) => socket.once('open', resolve)), closed])

const hello = (await next()).data.toString()
const startedMs = performance.now()
for (let each = 0; each < MESSAGES; each++) socket.send(`message ${each}`)
let inOrder = 0
for (let each = 0; each < MESSAGES; each++) if ((await next()).data.toString() === `message ${each}`) inOrder++
const messagesMs = Math.round(performance.now() - startedMs)

const large = randomBytes(1 << 20)
socket.send(large)
const back = await next()
const isLargeSame = back.isBinary && back.data.equals(large)

const pong = await new Promise<string>((resolve) => {
  socket.once('pong', (data) => resolve(data.toString()))
  socket.ping('are you there')
})
socket.send('close')
process.stdout.write(`${JSON.stringify({ hello, inOrder, messagesMs, isLargeSame, pong, close: await closed })}\n`)

async function next(): Promise<{ data: Buffer; isBinary: boolean }> {
  while (received.length === 0) await new Promise<void>((resolve) => (wake = resolve))
  return received.shift()!
}
