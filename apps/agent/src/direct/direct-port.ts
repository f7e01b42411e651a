import { type AppProtocol, type Service, targetPortOf, type Workload } from '@weft/topology'

/** Every port of a workload that may be called: declared by itself, or led to by a service. */
export function portsOf(workload: Workload, services: readonly Service[]): Set<number> {
  const ports = new Set(workload.ports.map(({ port }) => port))
  for (const service of services) {
    for (const declared of service.ports) {
      const target = targetPortOf(declared, workload)
      if (target !== 0) ports.add(target)
    }
  }
  return ports
}

/** Why what is spoken on a port must be read by the agent, '' when it need not: somebody says TCP, and nobody HTTP. */
export function whyRead(workload: Workload, port: number, services: readonly Service[]): string {
  const said = new Set<AppProtocol>()
  for (const own of workload.ports) if (own.port === port) said.add(own.protocol)
  for (const service of services)
    for (const declared of service.ports) if (targetPortOf(declared, workload) === port) said.add(declared.protocol)
  for (const protocol of ['http', 'http2', 'grpc'] as const) if (said.has(protocol)) return `it is declared ${protocol}`
  return said.has('tcp') || said.has('tls') ? '' : 'nothing declares that it carries TCP'
}
