import { Failure } from '@weft/faults'
import type { weft } from '@weft/proto'
import type { DuplexCall, Handler, IncomingCall, Method } from '@weft/rpc'
import type { DeltaServer } from './delta-server.ts'
import type { DeltaConnector } from './delta-stream.ts'
import type { DeltaSubscription } from './delta-subscription.ts'

type Request = weft.discovery.v1.DeltaRequest.$Properties
type Response = weft.discovery.v1.DeltaResponse.$Properties

/** A response that is encoded already: passed through as it is, so that many streams share one array. */
const encodedDeltaResponse = {
  name: 'DeltaResponse',
  encode: (frame: Uint8Array) => ({ finish: () => frame }),
  decode: (): never => {
    throw new Error('bug: responses are not decoded where they are sent')
  },
}

/** The serving side of a delta method (`Discovery.Subscribe`, `Policies.Watch`): its replies are given encoded. */
export function deltaMethod(method: {
  readonly path: string
  readonly request: typeof weft.discovery.v1.DeltaRequest
}) {
  return { kind: 'duplex', path: method.path, request: method.request, reply: encodedDeltaResponse } as const
}

export type DeltaMethod = ReturnType<typeof deltaMethod>

/**
 * Serves the streams of a delta method from `server`. `opened` sees each call with its subscription before the first
 * message, to remember who calls; what it throws refuses the call.
 */
export function deltaHandler(
  server: DeltaServer,
  opened: (subscription: DeltaSubscription, call: IncomingCall) => void,
): Handler<Method<'duplex', typeof weft.discovery.v1.DeltaRequest, typeof encodedDeltaResponse>> {
  return async (requests, replies, call) => {
    const refused = Promise.withResolvers<never>()
    refused.promise.catch(() => {})
    const subscription = server.subscribe({
      // What is not written yet is bounded: one change is in flight, and its frames are shared with the other streams.
      send: (frame) => void replies.write(frame).catch(() => subscription.close()),
      refuse: (failure) => refused.reject(failure),
    })
    const close = (): void => subscription.close()
    call.signal.addEventListener('abort', close)
    try {
      opened(subscription, call)
      const received = (async () => {
        for await (const request of requests) subscription.receive(request)
      })()
      await Promise.race([received, refused.promise])
    } finally {
      call.signal.removeEventListener('abort', close)
      close()
    }
  }
}

/** The subscribing side over gRPC: `open` begins one call, as `(signal) => client.subscribe({ signal })`. */
export function grpcConnector(open: () => DuplexCall<Request, Response>): DeltaConnector {
  return (events) => {
    const call = open()
    let isOpen = true
    const end = (failure: Failure | null): void => {
      if (!isOpen) return
      isOpen = false
      events.closed(failure)
    }
    void (async () => {
      try {
        for await (const response of call) {
          if (!isOpen) return
          events.response(response)
        }
        end(null)
      } catch (error) {
        end(error instanceof Failure ? error : new Failure('unavailable', 'the stream broke', error))
      }
    })()
    return {
      send: (message) => {
        // A call that has ended says why where responses are read.
        if (isOpen) call.write(message).catch(() => {})
      },
      close: () => {
        isOpen = false
        call.cancel()
      },
    }
  }
}
