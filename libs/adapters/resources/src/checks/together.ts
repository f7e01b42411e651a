import { externalServiceKey } from '@weft/topology'
import type { JointProblem } from '../parse.ts'
import type { AnyResource, ExternalServiceResource, GatewayResource, ProxyResource } from '../resource.ts'
import type { ObjectRef } from '../schemas/gateway.ts'
import { defaultKind, type SecretContents } from '../secret-contents.ts'
import { checkAttachments } from './attachments.ts'
import { checkListeners } from './listeners.ts'

export type Path = readonly (string | number)[]

/** Problems among the resources of a file, each said of one of them. */
export class JointCheck {
  readonly problems: JointProblem[] = []
  readonly gateways: readonly GatewayResource[]
  readonly externals: ReadonlyMap<string, ExternalServiceResource>

  constructor(resources: readonly ProxyResource[]) {
    this.gateways = resources.filter((resource) => resource.kind === 'Gateway')
    this.externals = new Map(
      resources
        .filter((resource) => resource.kind === 'ExternalService')
        .map((resource) => [externalServiceKey(resource.metadata.namespace, resource.metadata.name), resource]),
    )
  }

  refuse(resource: AnyResource, path: Path, message: string): void {
    this.problems.push({ resource, path, message })
  }
}

/** What is wrong among the resources of a file for `weft proxy` that are right one by one. */
export function checkTogether(resources: readonly ProxyResource[], secrets: SecretContents): JointProblem[] {
  const check = new JointCheck(resources)
  if (check.gateways.length === 0) {
    check.refuse(resources[0]!, ['kind'], 'found no Gateway in the file, expected at least one to listen')
  }
  for (const { keeper, problems } of secrets.all()) {
    for (const { path, message } of problems) check.refuse(keeper, path, message)
  }
  checkListeners(check)
  for (const resource of resources) {
    if (resource.kind === 'Gateway') checkGatewayRefs(check, resource, secrets)
    else if (resource.kind === 'ExternalService') checkExternalRefs(check, resource, secrets)
    else if (resource.kind === 'TrafficPolicy') checkTargets(check, resource)
    else if (resource.kind !== 'Secret' && resource.kind !== 'ConfigMap') checkAttachments(check, resource)
  }
  return check.problems
}

function checkTargets(check: JointCheck, resource: ProxyResource & { kind: 'TrafficPolicy' }): void {
  resource.spec.targetRefs.forEach(({ name }, index) => {
    const { namespace } = resource.metadata
    if (check.externals.has(externalServiceKey(namespace, name))) return
    const found = `found ${JSON.stringify(name)}, which is not in the file`
    check.refuse(
      resource,
      ['spec', 'targetRefs', index, 'name'],
      `${found}, expected an ExternalService of ${namespace}`,
    )
  })
}

function checkGatewayRefs(check: JointCheck, resource: GatewayResource, secrets: SecretContents): void {
  resource.spec.listeners.forEach(({ tls }, index) => {
    const path = ['spec', 'listeners', index, 'tls']
    const { certificateRefs, frontendValidation } = tls ?? {}
    certificateRefs?.forEach((ref, at) =>
      checkCertificate(check, resource, [...path, 'certificateRefs', at], ref, secrets),
    )
    frontendValidation?.caCertificateRefs.forEach((ref, at) => {
      const place = [...path, 'frontendValidation', 'caCertificateRefs', at]
      checkPem(check, resource, place, ref, 'ca.crt', secrets)
    })
  })
}

function checkExternalRefs(check: JointCheck, resource: ExternalServiceResource, secrets: SecretContents): void {
  const { tls, tunnel } = resource.spec
  for (const [path, spec] of [
    [['spec', 'tls'], tls],
    [['spec', 'tunnel', 'tls'], tunnel?.tls],
  ] as const) {
    spec?.caCertificateRefs?.forEach((ref, at) =>
      checkPem(check, resource, [...path, 'caCertificateRefs', at], ref, 'ca.crt', secrets),
    )
    if (spec?.certificateRef !== undefined) {
      checkCertificate(check, resource, [...path, 'certificateRef'], spec.certificateRef, secrets)
    }
  }
}

function checkCertificate(
  check: JointCheck,
  resource: AnyResource,
  path: Path,
  ref: ObjectRef,
  secrets: SecretContents,
): void {
  if (checkPem(check, resource, path, ref, 'tls.crt', secrets)) checkPem(check, resource, path, ref, 'tls.key', secrets)
}

function checkPem(
  check: JointCheck,
  resource: AnyResource,
  path: Path,
  ref: ObjectRef,
  key: 'tls.crt' | 'tls.key' | 'ca.crt',
  secrets: SecretContents,
): boolean {
  const kind = ref.kind ?? defaultKind(key)
  const found = secrets.find(kind, ref.namespace ?? resource.metadata.namespace, ref.name, key)
  if (found === null) {
    check.refuse(resource, [...path, 'name'], `found ${JSON.stringify(ref.name)}, expected a ${kind} of the file`)
  } else if (found === '' && !hasProblem(check, kind, ref.name)) {
    check.refuse(resource, [...path, 'name'], `found ${kind} ${ref.name} without ${key}, expected one that has it`)
  }
  return found !== null && found !== ''
}

/** What is wrong there has been said already. */
function hasProblem(check: JointCheck, kind: string, name: string): boolean {
  return check.problems.some(({ resource }) => resource.kind === kind && resource.metadata.name === name)
}
