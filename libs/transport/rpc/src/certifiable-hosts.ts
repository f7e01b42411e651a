import { splitAddress } from '@weft/config'

const everyAddress: ReadonlySet<string> = new Set(['0.0.0.0', '::'])

/** The hosts of `host:port` addresses that a part listens on, each once, for its certificate; "every address" is no host. */
export function certifiableHosts(listen: readonly string[]): string[] {
  const hosts = listen.map((address) => splitAddress(address)?.host ?? '')
  return [...new Set(hosts)].filter((host) => host !== '' && !everyAddress.has(host))
}
