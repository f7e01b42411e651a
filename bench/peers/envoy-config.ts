import { host, prefixes, type IdentityFiles, type Layout } from './peer.ts'

type Json = Readonly<Record<string, unknown>>

const type = (name: string): Json => ({ '@type': `type.googleapis.com/${name}` })
const network = 'envoy.extensions.filters.network'
const tls = 'envoy.extensions.transport_sockets.tls.v3'
const HTTP_OPTIONS = 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions'

/** One process: a listener, and a cluster behind it. */
export interface EnvoyRole {
  readonly listenPort: number
  readonly adminPort: number
  readonly upstreamPorts: readonly number[]
  /** Serves with mutual TLS, and lets only the first proxy of the pair in. */
  readonly accepts: 'plain' | 'mtls'
  /** Speaks mutual TLS to the second proxy of the pair. */
  readonly dials: 'plain' | 'mtls'
  readonly upstreamHttp2: boolean
}

/** The bootstrap of one Envoy, as JSON, which is YAML as well. */
export function envoyConfig(layout: Layout, role: EnvoyRole): string {
  const isTcp = layout.entry.startsWith('tcp')
  return JSON.stringify({
    admin: { address: address(role.adminPort) },
    static_resources: {
      listeners: [
        {
          name: 'entry',
          address: address(role.listenPort),
          tcp_backlog_size: 4096,
          filter_chains: [
            {
              filters: isTcp ? tcpFilters(layout, role) : [httpFilter(layout, role)],
              ...(role.accepts === 'mtls' ? { transport_socket: accepting(layout) } : {}),
            },
          ],
        },
      ],
      clusters: [cluster(layout, role, isTcp)],
    },
  })
}

const address = (port: number): Json => ({ socket_address: { address: '127.0.0.1', port_value: port } })

function tcpFilters(layout: Layout, role: EnvoyRole): Json[] {
  const proxy = {
    name: 'envoy.filters.network.tcp_proxy',
    typed_config: { ...type(`${network}.tcp_proxy.v3.TcpProxy`), stat_prefix: 'tcp', cluster: 'origin' },
  }
  const guard = {
    name: 'envoy.filters.network.rbac',
    typed_config: { ...type(`${network}.rbac.v3.RBAC`), stat_prefix: 'rbac', rules: onlyTheClient(layout) },
  }
  return role.accepts === 'mtls' ? [guard, proxy] : [proxy]
}

/** Without what Weft does not do either: request ids and Envoy's own headers. */
function httpFilter(layout: Layout, role: EnvoyRole): Json {
  const guard = {
    name: 'envoy.filters.http.rbac',
    typed_config: { ...type('envoy.extensions.filters.http.rbac.v3.RBAC'), rules: onlyTheClient(layout) },
  }
  const router = {
    name: 'envoy.filters.http.router',
    typed_config: { ...type('envoy.extensions.filters.http.router.v3.Router'), suppress_envoy_headers: true },
  }
  return {
    name: 'envoy.filters.network.http_connection_manager',
    typed_config: {
      ...type(`${network}.http_connection_manager.v3.HttpConnectionManager`),
      stat_prefix: 'http',
      codec_type: 'AUTO',
      generate_request_id: false,
      route_config: {
        virtual_hosts: [
          {
            name: 'other',
            domains: ['other.test'],
            routes: [{ match: { prefix: '/' }, route: { cluster: 'origin' } }],
          },
          {
            name: 'bench',
            domains: [host, `${host}:*`],
            routes: prefixes.map((prefix) => ({ match: { prefix }, route: { cluster: 'origin', timeout: '0s' } })),
          },
        ],
      },
      http_filters: role.accepts === 'mtls' ? [guard, router] : [router],
    },
  }
}

function onlyTheClient(layout: Layout): Json {
  const principal = { authenticated: { principal_name: { exact: layout.trust.client.identity } } }
  return { action: 'ALLOW', policies: { client: { permissions: [{ any: true }], principals: [principal] } } }
}

function cluster(layout: Layout, role: EnvoyRole, isTcp: boolean): Json {
  return {
    name: 'origin',
    type: 'STATIC',
    connect_timeout: '5s',
    lb_policy: 'LEAST_REQUEST',
    load_assignment: {
      cluster_name: 'origin',
      endpoints: [{ lb_endpoints: role.upstreamPorts.map((port) => ({ endpoint: { address: address(port) } })) }],
    },
    ...(role.upstreamHttp2 && !isTcp
      ? {
          typed_extension_protocol_options: {
            [HTTP_OPTIONS]: { ...type(HTTP_OPTIONS), explicit_http_config: { http2_protocol_options: {} } },
          },
        }
      : {}),
    ...(role.dials === 'mtls' ? { transport_socket: dialling(layout, role.upstreamHttp2 && !isTcp) } : {}),
  }
}

function dialling(layout: Layout, isHttp2: boolean): Json {
  return {
    name: 'envoy.transport_sockets.tls',
    typed_config: {
      ...type(`${tls}.UpstreamTlsContext`),
      common_tls_context: tlsContext(layout, layout.trust.client, layout.trust.server, isHttp2),
    },
  }
}

function accepting(layout: Layout): Json {
  return {
    name: 'envoy.transport_sockets.tls',
    typed_config: {
      ...type(`${tls}.DownstreamTlsContext`),
      require_client_certificate: true,
      common_tls_context: tlsContext(layout, layout.trust.server, layout.trust.client, true),
    },
  }
}

function tlsContext(layout: Layout, own: IdentityFiles, other: IdentityFiles, isHttp2: boolean): Json {
  return {
    tls_params: { tls_minimum_protocol_version: 'TLSv1_3', tls_maximum_protocol_version: 'TLSv1_3' },
    tls_certificates: [{ certificate_chain: { filename: own.chain }, private_key: { filename: own.key } }],
    validation_context: {
      trusted_ca: { filename: layout.trust.roots },
      match_typed_subject_alt_names: [{ san_type: 'URI', matcher: { exact: other.identity } }],
    },
    ...(isHttp2 ? { alpn_protocols: ['h2'] } : {}),
  }
}
