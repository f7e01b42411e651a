import type { FieldProblem } from '../problem.ts'
import type { ServiceResource } from '../resource.ts'
import { Check } from './check.ts'

const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/

/** Ports that can be told apart; a name that can be part of a host name. */
export function checkService({ metadata, spec }: ServiceResource): FieldProblem[] {
  const check = new Check()
  if (!LABEL.test(metadata.name)) {
    check.refuse(
      ['metadata', 'name'],
      `found ${JSON.stringify(metadata.name)}, expected at most 63 lower-case letters, digits and -`,
    )
  }
  check.labelKeys(['spec', 'selector'], spec.selector)
  check.unique(['spec', 'ports'], 'port', spec.ports, (port) => port.port)
  check.unique(['spec', 'ports'], 'name', spec.ports, (port) => port.name)
  if (spec.ports.length > 1) {
    spec.ports.forEach((port, index) => {
      if (port.name === undefined)
        check.refuse(['spec', 'ports', index, 'name'], 'missing, expected a name where there are several ports')
    })
  }
  return check.problems
}
