import type { Failure } from '@weft/faults'
import type { weft } from '@weft/proto'

/** An open stream to the server, as the subscriber sees it. */
export interface DeltaStream {
  send(message: weft.discovery.v1.DeltaRequest.$Properties): void
  /** Ends the stream; no event comes after it. Safe twice. */
  close(): void
}

export interface DeltaStreamEvents {
  response(message: weft.discovery.v1.DeltaResponse.$Properties): void
  /** The stream has ended; null when the server ended it without saying why. Called at most once. */
  closed(failure: Failure | null): void
}

/** Opens a stream. Never throws, and calls no event before it has returned: trouble is told by `closed`. */
export type DeltaConnector = (events: DeltaStreamEvents) => DeltaStream
