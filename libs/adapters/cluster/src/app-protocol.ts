import type { AppProtocol } from '@weft/topology'

/** Source: Kubernetes, standard protocols of appProtocol (KEP-3726); IANA service names. */
const byAppProtocol: Readonly<Record<string, AppProtocol>> = {
  http: 'http',
  http2: 'http2',
  h2c: 'http2',
  grpc: 'grpc',
  'grpc-web': 'http',
  https: 'tls',
  tls: 'tls',
  tcp: 'tcp',
  mongo: 'tcp',
  mysql: 'tcp',
  postgresql: 'tcp',
  redis: 'tcp',
  'kubernetes.io/h2c': 'http2',
  'kubernetes.io/ws': 'http',
  'kubernetes.io/wss': 'tls',
}

/**
 * First words of port names that tell by habit that nothing is to be read: `redis-master`. Those of HTTP are not among
 * them: it is recognised anyway, and a program that speaks TLS at a port called `grpc` goes on working.
 */
const byPortName: Readonly<Record<string, AppProtocol>> = {
  https: 'tls',
  tls: 'tls',
  tcp: 'tcp',
  mongo: 'tcp',
  mysql: 'tcp',
  postgres: 'tcp',
  postgresql: 'tcp',
  redis: 'tcp',
}

/**
 * How the octets on a port of a Service are to be read: what its appProtocol says, else its name by habit (the word
 * before the first `-`) where that says octets. What neither tells is found out from the first octets.
 */
export function appProtocolOf(appProtocol: string | undefined, portName: string): AppProtocol {
  if (appProtocol !== undefined && appProtocol !== '') return lookUp(byAppProtocol, appProtocol.toLowerCase())
  return lookUp(byPortName, portName.split('-', 1)[0]!)
}

function lookUp(table: Readonly<Record<string, AppProtocol>>, word: string): AppProtocol {
  return Object.hasOwn(table, word) ? table[word]! : 'detect'
}
