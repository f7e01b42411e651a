/**
 * Connects to the greeter RATE times a second, waits for its greeting without a word, says one line, and writes one JSON
 * line per conversation: whether all of it came back, and after how long the greeting was there.
 */
import { dial } from './dial.ts'

const { GREETER_HOST = 'greeter', GREETER_PORT = '7000', RATE = '5' } = process.env
const TIMEOUT_MS = 5_000

setInterval(() => void report(), 1000 / Number(RATE))

async function report(): Promise<void> {
  const startedMs = performance.now()
  const outcome = await converse(startedMs).catch((error: unknown) => ({ status: 0, ms: 0, error: String(error) }))
  process.stdout.write(JSON.stringify({ target: 'greeter', ...outcome }) + '\n')
}

async function converse(startedMs: number): Promise<Record<string, unknown>> {
  const socket = await dial(GREETER_HOST, Number(GREETER_PORT), TIMEOUT_MS)
  const guard = setTimeout(() => socket.destroy(new Error('timed out')), TIMEOUT_MS)
  let said = ''
  let greetedMs = 0
  try {
    for await (const chunk of socket.setEncoding('utf8')) {
      said += chunk as string
      if (greetedMs !== 0) continue
      greetedMs = performance.now() - startedMs
      socket.write('hello\r\nquit\r\n')
    }
  } finally {
    clearTimeout(guard)
  }
  const ms = Math.round(greetedMs * 100) / 100
  const isWhole = /^220 .*\r\n250 HELLO\r\n221 bye\r\n$/.test(said)
  return isWhole ? { ms, status: 200 } : { ms, status: 0, error: `found ${JSON.stringify(said)}` }
}
