import { join } from 'node:path'
import { programPath, versionOf } from '../setup/versions.ts'
import { host, prefixes, type Layout, type Peer, type ProxyProcess } from './peer.ts'

export interface HaproxyRole {
  readonly listenPort: number
  readonly adminPort: number
  readonly upstreamPorts: readonly number[]
  readonly accepts: 'plain' | 'mtls'
  readonly dials: 'plain' | 'mtls'
}

/** Debian's haproxy. Its pair speaks the client's protocol over mutual TLS in between. */
export const haproxy: Peer = {
  name: 'haproxy',
  missing: () => (programPath('haproxy') === '' ? 'the package haproxy is missing' : ''),
  version: () => /version ([\d.]+)/.exec(versionOf('haproxy', ['-v']))?.[1] ?? 'unknown',
  note: () => '',
  processes(layout) {
    const outer = { listenPort: layout.entryPort, adminPort: layout.adminPort, accepts: 'plain' } as const
    const origins = { upstreamPorts: layout.originPorts, dials: 'plain' } as const
    if (layout.topology === 'hop') return [run(layout, 'hop', { ...outer, ...origins })]
    const inner = { listenPort: layout.innerPort, adminPort: layout.innerAdminPort, accepts: 'mtls' } as const
    return [
      run(layout, 'server', { ...inner, ...origins }),
      run(layout, 'client', { ...outer, upstreamPorts: [layout.innerPort], dials: 'mtls' }),
    ]
  },
}

function run(layout: Layout, name: string, role: HaproxyRole): ProxyProcess {
  const file = `haproxy-${name}.cfg`
  return {
    command: programPath('haproxy'),
    args: ['-db', '-q', '-f', join(layout.directory, file)],
    files: { [file]: haproxyConfig(layout, role) },
    port: role.listenPort,
  }
}

/** A whole configuration of haproxy, for one of a pair or for the single hop. */
export function haproxyConfig(layout: Layout, role: HaproxyRole): string {
  const isTcp = layout.entry.startsWith('tcp')
  const isHttp2 = layout.entry === 'http2' || layout.entry === 'grpc'
  const { trust } = layout
  // "proto" is prior knowledge; over TLS, ALPN says it too.
  const protocol = isHttp2 ? ' proto h2' : ''
  const alpn = isHttp2 ? ' alpn h2' : ''
  const tls13 = 'ssl-min-ver TLSv1.3'
  const bindTls = ` ssl crt ${trust.server.bundle} ca-file ${trust.roots} verify required ${tls13}${alpn}`
  const verifies = `ca-file ${trust.roots} verify required verifyhost ${trust.serverName}`
  const serverTls = ` ssl crt ${trust.client.bundle} ${verifies} ${tls13} sni str(${trust.serverName})${alpn}`
  return `global
  maxconn 12000
  no strict-limits
  nbthread ${layout.workers}
  tune.h2.max-concurrent-streams 1000
defaults
  mode ${isTcp ? 'tcp' : 'http'}
  timeout connect 5s
  timeout client 3600s
  timeout server 3600s
  timeout tunnel 3600s
frontend status
  mode http
  bind 127.0.0.1:${role.adminPort}
  stats enable
  stats uri /status
frontend entry
  bind 127.0.0.1:${role.listenPort} backlog 4096${role.accepts === 'mtls' ? bindTls : ''}${protocol}
${isTcp ? tcpRules(role) : httpRules(role)}
backend origin
  balance leastconn
${isTcp ? '' : '  http-reuse always\n'}${role.upstreamPorts
    .map((port, i) => `  server s${i} 127.0.0.1:${port}${role.dials === 'mtls' ? serverTls : ''}${protocol}\n`)
    .join('')}`
}

function tcpRules(role: HaproxyRole): string {
  const guard = role.accepts === 'mtls' ? '  tcp-request content reject unless { ssl_c_verify 0 } { ssl_c_used }\n' : ''
  return `${guard}  default_backend origin`
}

function httpRules(role: HaproxyRole): string {
  const guard = role.accepts === 'mtls' ? '  http-request deny unless { ssl_c_verify 0 } { ssl_c_used }\n' : ''
  return `${guard}  acl bench hdr(host),field(1,:) -m str ${host}
${prefixes.map((prefix) => `  use_backend origin if bench { path_beg ${prefix} }`).join('\n')}`
}
