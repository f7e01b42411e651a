/**
 * Opens COUNT connections to the greeter, holds all of them open at once, then has a word with each. Writes one JSON
 * object: how many were greeted, how many answered, and what went wrong.
 */
import type { Socket } from 'node:net'
import { dial } from './dial.ts'

const { GREETER_HOST = 'greeter', GREETER_PORT = '7000', COUNT = '500' } = process.env
const TIMEOUT_MS = 20_000
const errors: Record<string, number> = {}

const results = await Promise.allSettled(Array.from({ length: Number(COUNT) }, greet))
const sockets = results.flatMap((result) => {
  if (result.status === 'fulfilled') return [result.value]
  count(result.reason)
  return []
})
const answers = await Promise.allSettled(sockets.map(talk))
for (const answer of answers) if (answer.status === 'rejected') count(answer.reason)
const answered = answers.filter(({ status }) => status === 'fulfilled').length
process.stdout.write(JSON.stringify({ greeted: sockets.length, answered, errors }) + '\n')

function count(reason: unknown): void {
  errors[String(reason)] = (errors[String(reason)] ?? 0) + 1
}

async function greet(): Promise<Socket> {
  const socket = await dial(GREETER_HOST, Number(GREETER_PORT), TIMEOUT_MS)
  const said = await nextText(socket)
  if (!said.startsWith('220 ')) throw new Error(`expected a greeting, found ${JSON.stringify(said)}`)
  return socket
}

async function talk(socket: Socket, index: number): Promise<void> {
  socket.write(`guest ${index}\r\n`)
  const said = await nextText(socket)
  socket.destroy()
  if (said !== `250 GUEST ${index}\r\n`) throw new Error(`guest was answered ${JSON.stringify(said)}`)
}

function nextText(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    const guard = setTimeout(() => socket.destroy(new Error('no word')), TIMEOUT_MS)
    socket.once('data', (chunk: Buffer) => (clearTimeout(guard), resolve(chunk.toString())))
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('closed without a word')))
  })
}
