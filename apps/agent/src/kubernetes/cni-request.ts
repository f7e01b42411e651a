import { isIP, isIPv4 } from 'node:net'
import { Failure } from '@weft/faults'

export const CNI_REQUEST_BYTES_MAX = 300_000

/** What the CNI plugin asks; native/cni/c/agent.c writes it. */
export interface CniRequest {
  readonly command: 'ADD' | 'CHECK' | 'DEL'
  readonly container: string
  /** Descriptor in the process of the plugin, -1 for none. */
  readonly netnsFd: number
  readonly namespace: string
  readonly pod: string
  /** Of the pod; '' where the runtime does not tell. */
  readonly uid: string
  /** What the plugins before gave the pod, IPv4 first. */
  readonly addresses: readonly string[]
}

/** `again`: the runtime should try again; the state of things is expected to pass. */
export type CniAnswer =
  | { readonly ok: true; readonly reason: string }
  | { readonly ok: false; readonly message: string; readonly again?: true }

/** Reads a request strictly. Faults: Failure `cni_request`. */
export function parseCniRequest(text: string): CniRequest {
  const fields = objectOf(text)
  const { version, command, netnsFd } = fields
  if (version !== 1) throw wrong('version', version, '1')
  if (command !== 'ADD' && command !== 'CHECK' && command !== 'DEL')
    throw wrong('command', command, 'ADD, CHECK or DEL')
  if (!Number.isInteger(netnsFd) || (netnsFd as number) < -1) throw wrong('netnsFd', netnsFd, 'a descriptor or -1')
  const [container, namespace, pod, uid] = ['container', 'namespace', 'pod', 'uid'].map((name) => textOf(fields, name))
  if (namespace === '' || pod === '') throw wrong('pod', `${namespace}/${pod}`, 'a namespace and a name')
  return {
    command,
    container: container!,
    netnsFd: netnsFd as number,
    namespace: namespace!,
    pod: pod!,
    uid: uid!,
    addresses: addressesOf(fields['result']),
  }
}

function objectOf(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    value = undefined
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Failure('cni_request', 'Cannot read a request of the CNI plugin: expected an object of JSON')
  return value as Record<string, unknown>
}

function textOf(fields: Record<string, unknown>, name: string): string {
  const value = fields[name]
  if (typeof value !== 'string' || value.length > 255) throw wrong(name, value, 'a text of at most 255 characters')
  return value
}

/** `ips` of a CNI result since 0.3.0: entries with `address`, a prefix. */
function addressesOf(result: unknown): string[] {
  const { ips } = (result ?? {}) as { ips?: unknown }
  if (!Array.isArray(ips)) return []
  const addresses = ips.flatMap((entry: unknown) => {
    const { address } = (entry ?? {}) as { address?: unknown }
    const ip = typeof address === 'string' ? address.split('/')[0]! : ''
    return isIP(ip) === 0 ? [] : [ip]
  })
  return addresses.toSorted((a, b) => Number(isIPv4(b)) - Number(isIPv4(a)))
}

function wrong(name: string, found: unknown, expected: string): Failure {
  const shown = JSON.stringify(found)?.slice(0, 100)
  return new Failure(
    'cni_request',
    `Cannot read "${name}" of a request of the CNI plugin: found ${shown}, expected ${expected}`,
  )
}
