import { lookup } from 'node:dns/promises'
import { connect, type Socket } from 'node:net'

/**
 * hold-connections.ts HOST PORT COUNT: opens COUNT connections at once, asks once on each, keeps all open until all have
 * been answered, asks again on each, closes. Writes what happened as one line of JSON.
 */
const [host, port, count] = [process.argv[2]!, Number(process.argv[3]), Number(process.argv[4])]
const request = `GET /small HTTP/1.1\r\nHost: ${host}\r\n\r\n`

const { address } = await lookup(host)
const failures: Record<string, number> = {}
const startedMs = performance.now()
const sockets = (await Promise.all(Array.from({ length: count }, open))).filter((socket) => socket !== null)
const openedMs = performance.now() - startedMs
const first = await Promise.all(sockets.map(ask))
const open_ = sockets.filter((socket) => socket.readyState === 'open').length
const second = await Promise.all(sockets.map(ask))
const tookMs = performance.now() - startedMs
for (const socket of sockets) socket.destroy()
const answered = [first, second].map((answers) => answers.filter(Boolean).length)
process.stdout.write(`${JSON.stringify({ open: open_, answered, failures, openedMs, tookMs })}\n`)

function open(): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(port, address, () => resolve(socket))
    socket.on('error', (error: NodeJS.ErrnoException) => {
      fail(error.code ?? error.message)
      resolve(null)
    })
  })
}

function ask(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    let answer = ''
    const settle = (ok: boolean, why = ''): void => {
      socket.off('data', take).off('close', lost)
      if (!ok) fail(why)
      resolve(ok)
    }
    const take = (chunk: Buffer): void => {
      answer += chunk.toString('latin1')
      if (answer.endsWith('\r\n\r\nsmall\n')) settle(answer.startsWith('HTTP/1.1 200 '), answer.slice(0, 80))
    }
    const lost = (): void => settle(false, 'closed before the answer')
    if (socket.readyState !== 'open') return settle(false, 'closed before the question')
    socket.on('data', take).on('close', lost)
    socket.write(request)
  })
}

function fail(why: string): void {
  failures[why] = (failures[why] ?? 0) + 1
}
