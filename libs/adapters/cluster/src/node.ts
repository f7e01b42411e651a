import type { MeshNode } from '@weft/topology'
import type { Node } from './objects.ts'

/** Where a node is; '' for not known. */
export interface NodePlace {
  readonly region: string
  readonly zone: string
}

export const unknownPlace: NodePlace = Object.freeze({ region: '', zone: '' })

/** Source: Kubernetes, well-known labels of nodes. */
export function placeOf(node: Node): NodePlace {
  const { labels = {} } = node.metadata
  return { region: labels['topology.kubernetes.io/region'] ?? '', zone: labels['topology.kubernetes.io/zone'] ?? '' }
}

/** The address at which other nodes reach it; '' while it has told none. */
export function meshNodeOf(node: Node): MeshNode {
  const addresses = node.status?.addresses ?? []
  const internal =
    addresses.find(({ type }) => type === 'InternalIP') ?? addresses.find(({ type }) => type === 'ExternalIP')
  return { name: node.metadata.name, address: internal?.address ?? '' }
}
