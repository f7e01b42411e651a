import type { ClientTls } from '@weft/topology'
import type { ServerTls } from '@weft/traffic'
import type { OriginationSpec } from '../schemas/external-service.ts'
import type { ListenerTls, ObjectRef } from '../schemas/gateway.ts'

/** The PEM under a key (`tls.crt`, `tls.key`, `ca.crt`) of what a reference in a resource of `namespace` means; '' for none. */
export type FindPem = (ref: ObjectRef, namespace: string, key: 'tls.crt' | 'tls.key' | 'ca.crt') => string

/** TLS towards servers. Without authorities given those of the machine count. */
export function compileClientTls(spec: OriginationSpec, namespace: string, find: FindPem): ClientTls {
  const { hostname, caCertificateRefs = [], certificateRef } = spec
  return {
    serverName: hostname ?? '',
    caPem: caCertificateRefs.map((ref) => find(ref, namespace, 'ca.crt')).join('\n'),
    chainPem: certificateRef === undefined ? '' : find(certificateRef, namespace, 'tls.crt'),
    keyPem: certificateRef === undefined ? '' : find(certificateRef, namespace, 'tls.key'),
  }
}

/** TLS of a listener that takes it off. */
export function compileServerTls(spec: ListenerTls, namespace: string, find: FindPem): ServerTls {
  const authorities = spec.frontendValidation?.caCertificateRefs ?? []
  return {
    certificates: (spec.certificateRefs ?? []).map((ref) => ({
      chainPem: find(ref, namespace, 'tls.crt'),
      keyPem: find(ref, namespace, 'tls.key'),
    })),
    clientCaPem: authorities.map((ref) => find(ref, namespace, 'ca.crt')).join('\n'),
  }
}
