import type { FieldProblem } from '../problem.ts'
import type { ExternalServiceResource } from '../resource.ts'
import { Check } from './check.ts'

/** Ports that can be told apart, endpoints for each, TLS that would be used. */
export function checkExternalService({ spec }: ExternalServiceResource): FieldProblem[] {
  const check = new Check()
  const { ports, endpoints, tls, tunnel } = spec
  check.unique(['spec', 'ports'], 'port', ports, ({ port }) => port)
  check.unique(['spec', 'ports'], 'name', ports, ({ name }) => name)
  const names = ports.flatMap(({ name }) => name ?? [])
  endpoints.forEach(({ portName }, index) => {
    if (portName === undefined || names.includes(portName)) return
    const expected = names.length === 0 ? 'a port with that name' : `one of ${names.join(', ')}`
    const path = ['spec', 'endpoints', index, 'portName']
    check.refuse(path, `found ${JSON.stringify(portName)}, expected ${expected}`)
  })
  check.unique(
    ['spec', 'endpoints'],
    '',
    endpoints,
    ({ address, port, portName }) => `${address}:${port ?? ''} ${portName ?? ''}`,
  )
  ports.forEach(({ port, name }, index) => {
    if (endpoints.some(({ portName }) => portName === undefined || portName === name)) return
    check.refuse(['spec', 'ports', index], `found no endpoint for port ${port}, expected at least one`)
  })
  if (tls?.wellKnownCACertificates !== undefined && tls.caCertificateRefs !== undefined) {
    check.refuse(['spec', 'tls', 'wellKnownCACertificates'], 'found beside caCertificateRefs, expected one of the two')
  }
  if (tunnel !== undefined && tunnel.tls.certificateRef === undefined) {
    const message = 'missing, expected a Secret: the other end opens a tunnel for those only that prove themselves'
    check.refuse(['spec', 'tunnel', 'tls', 'certificateRef'], message)
  }
  return check.problems
}
