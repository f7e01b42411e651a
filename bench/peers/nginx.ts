import { existsSync } from 'node:fs'
import { programPath, versionOf } from '../setup/versions.ts'
import { nginxConfig, streamModule, type NginxRole } from './nginx-config.ts'
import type { Layout, Peer, ProxyProcess } from './peer.ts'

/** Debian's nginx. As a proxy it speaks HTTP/2 to clients and gRPC to both, HTTP/1.1 to other origins. */
export const nginx: Peer = {
  name: 'nginx',
  missing: () => {
    if (programPath('nginx') === '') return 'the package nginx-light is missing'
    return existsSync(streamModule) ? '' : 'the package libnginx-mod-stream is missing'
  },
  version: () => /nginx\/([\d.]+)/.exec(versionOf('nginx', ['-v']))?.[1] ?? 'unknown',
  note: ({ entry }) => {
    if (entry === 'http2') return 'HTTP/1.1 to the origin: it has no HTTP/2 there'
    return entry === 'grpc' ? 'a connection for every stream, in a pair with a handshake each' : ''
  },
  processes(layout) {
    const outer = { listenPort: layout.entryPort, adminPort: layout.adminPort, accepts: 'plain' } as const
    const origins = {
      upstreamPorts: layout.entry === 'http2' ? layout.http1OriginPorts : layout.originPorts,
      dials: 'plain',
    } as const
    if (layout.topology === 'hop') return [run(layout, 'hop', { ...outer, ...origins })]
    const inner = { listenPort: layout.innerPort, adminPort: layout.innerAdminPort, accepts: 'mtls' } as const
    return [
      run(layout, 'server', { ...inner, ...origins }),
      run(layout, 'client', { ...outer, upstreamPorts: [layout.innerPort], dials: 'mtls' }),
    ]
  },
}

function run(layout: Layout, name: string, role: NginxRole): ProxyProcess {
  const user = process.getuid?.() === 0 ? 'root' : ''
  return {
    command: programPath('nginx'),
    args: ['-p', `${layout.directory}/${name}`, '-c', 'nginx.conf'],
    files: { [`${name}/nginx.conf`]: nginxConfig(layout, role, user) },
    port: role.listenPort,
  }
}
