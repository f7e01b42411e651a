/**
 * Connects to the greeter RATE times a second, waits for its greeting without a word, says one line, and writes one JSON
 * line per conversation: whether all of it came back, and after how long the greeting was there.
 */
import { connect } from 'node:net'

const { GREETER_HOST = 'greeter', GREETER_PORT = '7000', RATE = '5' } = process.env
const TIMEOUT_MS = 5_000

setInterval(() => void converse(), 1000 / Number(RATE))

function converse(): Promise<void> {
  const startedMs = performance.now()
  let said = ''
  let greetedMs = 0
  return new Promise((resolve) => {
    const socket = connect(Number(GREETER_PORT), GREETER_HOST).setEncoding('utf8').setTimeout(TIMEOUT_MS)
    const finish = (error?: string): void => {
      const isWhole = /^220 .*\r\n250 HELLO\r\n221 bye\r\n$/.test(said)
      const outcome = isWhole ? { status: 200 } : { status: 0, error: error ?? `found ${JSON.stringify(said)}` }
      process.stdout.write(
        JSON.stringify({ target: 'greeter', ms: Math.round(greetedMs * 100) / 100, ...outcome }) + '\n',
      )
      socket.destroy()
      resolve()
    }
    socket.on('data', (chunk: string) => {
      said += chunk
      if (greetedMs !== 0) return
      greetedMs = performance.now() - startedMs
      socket.write('hello\r\nquit\r\n')
    })
    socket.once('close', () => finish())
    socket.once('timeout', () => finish('timed out'))
    socket.once('error', (error) => finish(String(error)))
  })
}
