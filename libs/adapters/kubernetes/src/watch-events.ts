import type { IncomingMessage } from 'node:http'
import type { Clock, Timer } from '@weft/time'
import type { ApiStatus } from './api-failure.ts'
import type { KubernetesObject } from './object.ts'

export type WatchEvent<T extends KubernetesObject = KubernetesObject> =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'; readonly object: T }
  | { readonly type: 'ERROR'; readonly object: ApiStatus & { readonly code?: number } }

/** An object of etcd has 1.5 MiB at most; JSON escapes make it longer. */
const LINE_BYTES_MAX = 16 * 1024 * 1024

/**
 * The events of a watch, one JSON object per line, until it ends. A line that was cut off by the end is no event.
 * Faults: throws when the connection breaks, when nothing came for `silenceMsMax` (the server sends a bookmark about once
 * a minute), when a line is no JSON or longer than 16 MiB.
 */
export async function* watchEvents<T extends KubernetesObject>(
  answer: IncomingMessage,
  silenceMsMax: number,
  clock: Clock,
): AsyncGenerator<WatchEvent<T>> {
  let silence: Timer | null = null
  const listen = (): void => {
    silence?.cancel()
    silence = clock.after(silenceMsMax, () => answer.destroy(new Error(`nothing came for ${silenceMsMax} ms`)))
  }
  let parts: Buffer[] = []
  let length = 0
  try {
    listen()
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      listen()
      let from = 0
      for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
        parts.push(chunk.subarray(from, end))
        const line = Buffer.concat(parts).toString('utf8')
        from = end + 1
        parts = []
        length = 0
        if (line.trim() !== '') yield JSON.parse(line) as WatchEvent<T>
      }
      length += chunk.length - from
      if (length > LINE_BYTES_MAX) throw new Error(`an event is longer than ${LINE_BYTES_MAX} octets`)
      if (from < chunk.length) parts.push(chunk.subarray(from))
    }
  } finally {
    ;(silence as Timer | null)?.cancel()
    answer.destroy()
  }
}
