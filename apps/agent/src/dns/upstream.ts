import type { Clock } from '@weft/time'
import { FrameReader, copyFrame } from './frame.ts'
import { isReplyTo } from './raw-message.ts'
import type { UpstreamNetwork } from './upstream-network.ts'

export interface UpstreamAddress {
  readonly host: string
  readonly port: number
}

/** One question on its way to one server. */
export interface UpstreamExchange {
  /** The reply, or null: no answer in time, nobody there, or cancelled. Never rejects. */
  readonly reply: Promise<Buffer | null>
  /** The local port it went from, 0 until known. */
  localPort(): number
  cancel(): void
}

/** Replies that do not fit the question before the exchange is given up: somebody is guessing. */
const STRANGE_REPLIES_MAX = 16

/**
 * Asks over UDP from a port of its own, which the kernel picks afresh; a connected socket takes replies from that server only.
 *
 * Source: RFC 5452 sections 9.2 and 10.
 */
export function askUdp(
  network: UpstreamNetwork,
  upstream: UpstreamAddress,
  query: Buffer,
  timeoutMs: number,
  clock: Clock,
): UpstreamExchange {
  const socket = network.openUdp(upstream.host)
  let strange = 0
  let port = 0
  let finish: (reply: Buffer | null) => void = () => {}
  const reply = new Promise<Buffer | null>((resolve) => {
    let isOver = false
    finish = (found) => {
      if (isOver) return
      isOver = true
      timer.cancel()
      socket.close()
      resolve(found)
    }
    const timer = clock.after(timeoutMs, () => finish(null))
    socket.on('error', () => finish(null))
    socket.on('message', (bytes) => {
      if (isReplyTo(bytes, query)) finish(bytes)
      else if (++strange >= STRANGE_REPLIES_MAX) finish(null)
    })
    socket.connect(upstream.port, upstream.host, (error?: Error) => {
      if (isOver) return
      if (error) return finish(null)
      port = socket.address().port
      socket.send(query)
    })
  })
  return { reply, localPort: () => port, cancel: () => finish(null) }
}

/** Asks over a TCP connection of its own. Source: RFC 7766. */
export function askTcp(
  network: UpstreamNetwork,
  upstream: UpstreamAddress,
  query: Buffer,
  timeoutMs: number,
  clock: Clock,
): UpstreamExchange {
  const socket = network.openTcp(upstream)
  const frames = new FrameReader()
  let finish: (reply: Buffer | null) => void = () => {}
  const reply = new Promise<Buffer | null>((resolve) => {
    const timer = clock.after(timeoutMs, () => finish(null))
    finish = (found) => {
      timer.cancel()
      socket.destroy()
      resolve(found)
    }
    socket.on('error', () => finish(null))
    socket.on('close', () => finish(null))
    socket.on('data', (bytes) => {
      frames.feed(bytes)
      const message = frames.next()
      if (message !== null) finish(isReplyTo(message, query) ? message : null)
    })
    socket.write(copyFrame(query))
  })
  return { reply, localPort: () => 0, cancel: () => finish(null) }
}
