import { decodeStrict, encodeMessage, weft } from '@weft/proto'
import type { DeltaServer } from '../delta-server.ts'
import type { DeltaConnector } from '../delta-stream.ts'
import type { DeltaSubscription } from '../delta-subscription.ts'

export interface MemoryLink {
  readonly connect: DeltaConnector
  /** Cuts the stream that is open now, as a lost connection would. */
  cut(): void
  /** The subscription of the stream that is open now. */
  readonly subscription: DeltaSubscription | null
  /** Octets from the server so far. */
  readonly receivedBytes: number
}

/**
 * Joins a DeltaClient to a DeltaServer without a network: every message is encoded and decoded, and arrives in a later
 * microtask, in order.
 */
export function memoryLink(server: DeltaServer): MemoryLink {
  let cutCurrent: (() => void) | null = null
  let current: DeltaSubscription | null = null
  let receivedBytes = 0
  const connect: DeltaConnector = (events) => {
    let isOpen = true
    const later = (task: () => void): void => queueMicrotask(() => isOpen && task())
    const end = (): void => {
      isOpen = false
      subscription.close()
      if (current === subscription) current = null
    }
    const subscription = server.subscribe({
      send: (frame) => {
        const copy = frame.slice()
        receivedBytes += copy.length
        later(() => events.response(weft.discovery.v1.DeltaResponse.decode(copy)))
      },
      refuse: (failure) => {
        later(() => {
          end()
          events.closed(failure)
        })
      },
    })
    current = subscription
    cutCurrent = () => {
      if (!isOpen) return
      end()
      events.closed(null)
    }
    return {
      send: (message) => {
        const octets = encodeMessage(weft.discovery.v1.DeltaRequest, message)
        later(() => subscription.receive(decodeStrict(weft.discovery.v1.DeltaRequest, octets)))
      },
      close: end,
    }
  }
  return {
    connect,
    cut: () => cutCurrent?.(),
    get subscription() {
      return current
    },
    get receivedBytes() {
      return receivedBytes
    },
  }
}
