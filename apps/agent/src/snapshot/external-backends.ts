import { formatAddress } from '@weft/channel'
import type { Backend } from '@weft/stack'
import { type ExternalService, isExternalServiceKey } from '@weft/topology'
import { defaultTrafficPolicy, type TrafficPolicy } from '@weft/traffic'
import type { BackendTable, Endpoint } from './backend-table.ts'
import { externalEndpoints } from './external-endpoints.ts'

const ENDPOINT = 'endpoint '

/** One port of an ExternalService with where it is served. */
interface Served {
  readonly name: string
  readonly port: number
  readonly endpoints: readonly Endpoint[]
}

/** The backends of ExternalServices in one snapshot: of a port with all its endpoints, and of one endpoint by its address. */
export class ExternalBackends {
  readonly #services: ReadonlyMap<string, ExternalService>
  readonly #policies: ReadonlyMap<string, TrafficPolicy>
  readonly #table: BackendTable
  readonly #made = new Map<string, Backend | null>()
  /** Made when it is first asked for: only tunnels do. */
  #byAuthority: Map<string, Served> | null = null

  constructor(
    services: ReadonlyMap<string, ExternalService>,
    policies: ReadonlyMap<string, TrafficPolicy>,
    table: BackendTable,
  ) {
    this.#services = services
    this.#policies = policies
    this.#table = table
  }

  /** Whether a key of the table is of these. */
  static isKey(key: string): boolean {
    return isExternalServiceKey(key) || key.startsWith(ENDPOINT)
  }

  /** All endpoints of a port; null when there is no such service or port. */
  port(service: string, port: number): Backend | null {
    return this.#of(`${service}:${port}`)
  }

  /** The one endpoint with that `address:port`; null when no ExternalService has it. */
  endpoint(authority: string): Backend | null {
    this.#byAuthority ??= this.#index()
    return this.#byAuthority.has(authority) ? this.#of(`${ENDPOINT}${authority}`) : null
  }

  /** The backend of a key with the endpoints of this snapshot; null when what it names is gone. */
  refresh(key: string): Backend | null {
    const served = key.startsWith(ENDPOINT) ? this.#atAuthority(key.slice(ENDPOINT.length)) : this.#atPort(key)
    if (served === null) return null
    const { name, port, endpoints } = served
    return this.#table.backend(name, port, key, this.#policies.get(name) ?? defaultTrafficPolicy, endpoints)
  }

  #of(key: string): Backend | null {
    let backend = this.#made.get(key)
    if (backend === undefined) this.#made.set(key, (backend = this.refresh(key)))
    return backend
  }

  #atPort(key: string): Served | null {
    const colon = key.lastIndexOf(':')
    const name = key.slice(0, colon)
    const port = Number(key.slice(colon + 1))
    const service = this.#services.get(name)
    const endpoints = service === undefined ? null : externalEndpoints(service, port)
    return endpoints === null ? null : { name, port, endpoints }
  }

  #atAuthority(authority: string): Served | null {
    this.#byAuthority ??= this.#index()
    return this.#byAuthority.get(authority) ?? null
  }

  #index(): Map<string, Served> {
    const index = new Map<string, Served>()
    for (const [name, service] of this.#services) {
      for (const { port } of service.ports) {
        for (const endpoint of externalEndpoints(service, port) ?? []) {
          index.set(formatAddress(endpoint.address, endpoint.port), { name, port, endpoints: [endpoint] })
        }
      }
    }
    return index
  }
}
