import type { Setting } from '@weft/config'
import { AddressRange } from './address-range.ts'

/** A node as `--node` names it: `node1=198.18.0.1,shared=198.18.2.0/24,own=198.18.3.0/24`. */
export interface NodeSpec {
  readonly name: string
  readonly address: string
  /** Addresses of workloads that share the node's network. */
  readonly shared: AddressRange
  /** Addresses of workloads with a network of their own; null where there can be none. */
  readonly own: AddressRange | null
}

export function nodeSetting(doc: string): Setting<NodeSpec> {
  return {
    doc,
    expected: 'NAME=ADDRESS,shared=CIDR[,own=CIDR]',
    defaultText: null,
    defaultValue: undefined,
    parse: (text) => parseNodeSpec(text) ?? undefined,
  }
}

export function parseNodeSpec(text: string): NodeSpec | null {
  const [head, ...rest] = text.split(',')
  const [name, address, ...tooMany] = (head ?? '').split('=')
  if (name === undefined || address === undefined || tooMany.length > 0) return null
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name) || AddressRange.parse(`${address}/32`) === null) return null
  const ranges = new Map<string, AddressRange>()
  for (const part of rest) {
    const [key, value, ...more] = part.split('=')
    const range = AddressRange.parse(value ?? '')
    if ((key !== 'shared' && key !== 'own') || range === null || more.length > 0 || ranges.has(key)) return null
    ranges.set(key, range)
  }
  const shared = ranges.get('shared')
  return shared === undefined ? null : { name, address, shared, own: ranges.get('own') ?? null }
}
