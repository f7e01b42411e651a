import { address4Bytes, address6Bytes, address6Text } from '@weft/dns'

/** A service as a name asked for it. */
export interface MeshName {
  readonly name: string
  /** '' when the name is bare: then it means one in the caller's own namespace. */
  readonly namespace: string
}

/**
 * The service that `text` would be: `name` alone, `name.namespace`, `name.namespace.svc`,
 * `name.namespace.svc.<cluster domain>`. Null for anything else, so also for a name with a search domain of the machine
 * appended. Whether there is such a service is another question.
 */
export function parseMeshName(text: string, clusterDomain: string): MeshName | null {
  const labels = text.toLowerCase().split('.')
  const [name = '', namespace = ''] = labels
  if (name === '' || (labels.length > 1 && namespace === '')) return null
  if (labels.length <= 2) return { name, namespace }
  const rest = labels.slice(2).join('.')
  return rest === 'svc' || rest === `svc.${clusterDomain}` ? { name, namespace } : null
}

/** The address that a name under `in-addr.arpa` or `ip6.arpa` stands for, in canonical text; null for any other name. */
export function parseReverseName(text: string): string | null {
  const labels = text.toLowerCase().split('.')
  if (labels.length === 6 && labels.slice(4).join('.') === 'in-addr.arpa') {
    const address = labels.slice(0, 4).toReversed().join('.')
    return address4Bytes(address) === null ? null : address
  }
  if (labels.length !== 34 || labels.slice(32).join('.') !== 'ip6.arpa') return null
  const digits = labels.slice(0, 32).toReversed()
  if (digits.some((digit) => !/^[0-9a-f]$/.test(digit))) return null
  const groups = Array.from({ length: 8 }, (_, group) => digits.slice(group * 4, group * 4 + 4).join(''))
  const bytes = address6Bytes(groups.join(':'))
  return bytes === null ? null : address6Text(bytes)
}
