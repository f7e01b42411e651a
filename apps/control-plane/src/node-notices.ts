import type { weft } from '@weft/proto'

const NOTICES_MAX = 16
const ID_LENGTH_MAX = 63
const TEXT_LENGTH_MAX = 1_024

/** What an agent says somebody has to see to on its node. */
export interface NodeNotice {
  /** Stable: `cni`, `cni-plugins` or `disk`. */
  readonly id: string
  readonly text: string
}

/** Notices as a node sends them, of a bounded number and length. */
export function noticesOf(sent: readonly weft.discovery.v1.NodeNotice.$Properties[] | null | undefined): NodeNotice[] {
  return (sent ?? [])
    .slice(0, NOTICES_MAX)
    .map(({ id, text }) => ({ id: (id ?? '').slice(0, ID_LENGTH_MAX), text: (text ?? '').slice(0, TEXT_LENGTH_MAX) }))
}
