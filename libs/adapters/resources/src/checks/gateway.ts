import { isIP } from 'node:net'
import type { FieldProblem } from '../problem.ts'
import type { GatewayResource } from '../resource.ts'
import type { ListenerSpec } from '../schemas/gateway.ts'
import { Check } from './check.ts'

type Path = readonly (string | number)[]

/** Listeners that can be told apart, each with the TLS that its protocol needs and no other. */
export function checkGateway({ spec }: GatewayResource): FieldProblem[] {
  const check = new Check()
  spec.addresses?.forEach(({ value }, index) => {
    if (isIP(value) === 0) {
      const path = ['spec', 'addresses', index, 'value']
      check.refuse(path, `found ${JSON.stringify(value)}, expected an IPv4 or IPv6 address`)
    }
  })
  check.unique(['spec', 'addresses'], 'value', spec.addresses ?? [], ({ value }) => value)
  check.unique(['spec', 'listeners'], 'name', spec.listeners, ({ name }) => name)
  spec.listeners.forEach((listener, index) => checkListener(check, ['spec', 'listeners', index], listener))
  return check.problems
}

function checkListener(check: Check, path: Path, { protocol, hostname, tls }: ListenerSpec): void {
  const isTls = protocol === 'HTTPS' || protocol === 'TLS' || protocol === 'HBONE'
  if (!isTls && tls !== undefined) {
    check.refuse([...path, 'tls'], `found with protocol ${protocol}, expected HTTPS, TLS or HBONE, or no tls`)
    return
  }
  if ((protocol === 'TCP' || protocol === 'HBONE') && hostname !== undefined) {
    check.refuse([...path, 'hostname'], `found with protocol ${protocol}, expected none: it asks for no name`)
  }
  if (!isTls) return
  if (tls === undefined) return check.refuse([...path, 'tls'], `missing, expected it with protocol ${protocol}`)
  if (tls.mode === 'Passthrough') {
    if (protocol !== 'TLS') {
      check.refuse(
        [...path, 'tls', 'mode'],
        `found Passthrough with ${protocol}, expected protocol TLS or mode Terminate`,
      )
    }
    for (const field of ['certificateRefs', 'frontendValidation'] as const) {
      if (tls[field] !== undefined) check.refuse([...path, 'tls', field], 'found with mode Passthrough, expected none')
    }
    return
  }
  if (tls.certificateRefs === undefined) {
    check.refuse([...path, 'tls', 'certificateRefs'], 'missing, expected a Secret with a certificate and its key')
  }
  if (protocol === 'HBONE' && tls.frontendValidation === undefined) {
    const message = 'missing, expected authorities of clients: a tunnel is opened for those only that prove themselves'
    check.refuse([...path, 'tls', 'frontendValidation'], message)
  }
}
