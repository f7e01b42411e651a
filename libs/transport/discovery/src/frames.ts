import { copyConcat } from '@weft/bytes'
import { encodeMessage, weft } from '@weft/proto'
import type { EncodedResource } from './encoded-resource.ts'
import type { ResourceKey } from './kinds.ts'

/** Everything that changed between two points, before it is cut into responses. */
export interface Change {
  readonly revision: number
  readonly upserts: readonly EncodedResource[]
  readonly removals: readonly ResourceKey[]
}

/** One change as encoded DeltaResponses; the last one's nonce acknowledges all. */
export interface Batch {
  readonly frames: readonly Uint8Array[]
  readonly firstNonce: number
  readonly lastNonce: number
}

// What nonce, revision, `more` and the message itself take at most.
const FRAME_OVERHEAD_BYTES = 64

/**
 * Cuts a change into encoded responses of at most `bytesMax` octets each, `more` on all but the last. A resource that
 * is larger by itself gets a response of its own. An empty change still makes one response: it carries the revision.
 */
export function encodeChange(change: Change, firstNonce: number, bytesMax: number): Batch {
  const chunks: { parts: Uint8Array[]; removals: ResourceKey[] }[] = [{ parts: [], removals: [] }]
  let sizeBytes = FRAME_OVERHEAD_BYTES
  const chunkFor = (itemBytes: number) => {
    const current = chunks.at(-1)!
    const isEmpty = current.parts.length === 0 && current.removals.length === 0
    sizeBytes += itemBytes
    if (isEmpty || sizeBytes <= bytesMax) return current
    sizeBytes = FRAME_OVERHEAD_BYTES + itemBytes
    const next = { parts: [], removals: [] }
    chunks.push(next)
    return next
  }
  for (const resource of change.upserts) chunkFor(resource.wire.length).parts.push(resource.wire)
  // A character is at most three octets in UTF-8; tag and length take at most five more.
  for (const key of change.removals) chunkFor(3 * key.length + 5).removals.push(key)

  const frames = chunks.map(({ parts, removals }, index) => {
    const more = index < chunks.length - 1
    const rest = { nonce: firstNonce + index, revision: change.revision, removals, more }
    parts.push(encodeMessage(weft.discovery.v1.DeltaResponse, rest))
    return parts.length === 1 ? parts[0]! : copyConcat(parts)
  })
  return { frames, firstNonce, lastNonce: firstNonce + frames.length - 1 }
}
