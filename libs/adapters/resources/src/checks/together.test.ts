import { describe, expect, test } from 'vitest'
import { parseProxyResources } from '../parse.ts'
import { ResourceProblems } from '../problem.ts'
import { SecretContents } from '../secret-contents.ts'
import { checkTogether } from './together.ts'

const gateway = (...listeners: string[]): string => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge }
spec:
  gatewayClassName: weft
  listeners:
${listeners.map((listener) => `    - { ${listener} }`).join('\n')}
`
const http = gateway('name: http, protocol: HTTP, port: 80')
const route = (parent: string, backend: string, kind = 'HTTPRoute', version = 'v1'): string =>
  `apiVersion: gateway.networking.k8s.io/${version}
kind: ${kind}
metadata: { name: all }
spec:
  parentRefs: [{ ${parent} }]
  rules:
    - backendRefs: [{ group: weft.dev, kind: ExternalService, ${backend} }]
`
const origin = (more = ''): string => `apiVersion: weft.dev/v1alpha1
kind: ExternalService
metadata: { name: origin }
spec:
  ports: [{ port: 80, appProtocol: http }, { port: 81 }]
  endpoints: [{ address: 127.0.0.1 }]
${more}`
const right = 'name: origin, port: 80'

function problemsOf(...documents: readonly string[]): string[] {
  try {
    parseProxyResources(documents.join('---\n'), 'edge.yaml', (resources) =>
      checkTogether(
        resources,
        new SecretContents(resources, () => {
          throw new Error('ENOENT')
        }),
      ),
    )
    return []
  } catch (error) {
    if (error instanceof ResourceProblems) return error.message.split('\n')
    throw error
  }
}

test('what hangs together is right', () => {
  expect(problemsOf(http, route('name: edge', right), origin())).toEqual([])
})

describe('each says place, field, what was found and what was expected', () => {
  const cases: readonly (readonly [name: string, documents: readonly string[], message: RegExp])[] = [
    ['a file without a Gateway', [origin()], /^edge\.yaml:2:7: kind: found no Gateway in the file/],
    [
      'a parent that is not there',
      [http, route('name: edg', right), origin()],
      /^edge\.yaml:13:24: spec\.parentRefs\[0\]\.name: found "edg" \(did you mean edge\?\), which is not in the file/,
    ],
    [
      'a section that is not there',
      [http, route('name: edge, sectionName: https', right), origin()],
      /sectionName: found "https", expected a listener of edge: http \(80\)$/,
    ],
    [
      'a port that is not there',
      [http, route('name: edge, port: 81', right), origin()],
      /parentRefs\[0\]\.port: found 81, expected a listener of edge: http \(80\)$/,
    ],
    [
      'a listener that takes no such route',
      [http, route('name: edge', right, 'TCPRoute', 'v1alpha2'), origin()],
      /parentRefs\[0\]: found listener edge\/http of protocol HTTP, which takes no TCPRoute: expected one that does$/,
    ],
    [
      'host names with nothing in common',
      [
        gateway('name: http, protocol: HTTP, port: 80, hostname: a.test'),
        route('name: edge', right).replace('  rules:', '  hostnames: [b.test]\n  rules:'),
        origin(),
      ],
      /parentRefs\[0\]: found listener edge\/http for a\.test, which has no host name in common with the route/,
    ],
    [
      'a backend that is not there',
      [http, route('name: edge', 'name: orign, port: 80'), origin()],
      /backendRefs\[0\]\.name: found "orign" \(did you mean origin\?\), which is not in the file, expected an ExternalService/,
    ],
    [
      'a backend without that port',
      [http, route('name: edge', 'name: origin, port: 8080'), origin()],
      /backendRefs\[0\]\.port: found 8080, expected a port of origin: 80, 81$/,
    ],
    [
      'HTTP to a port of octets',
      [http, route('name: edge', 'name: origin, port: 81'), origin()],
      /backendRefs\[0\]\.port: found port 81 of origin with no appProtocol, which means tcp, expected http, https/,
    ],
    [
      'two listeners that cannot be told apart',
      [gateway('name: a, protocol: HTTP, port: 80', 'name: b, protocol: HTTP, port: 80')],
      /^edge\.yaml:8:7: spec\.listeners\[1\]: found port 80 of listener edge\/a \(HTTP, any host name\) again, expected another hostname$/,
    ],
    [
      'two protocols on one port',
      [gateway('name: a, protocol: HTTP, port: 80', 'name: b, protocol: TCP, port: 80')],
      /listeners\[1\]\.port: found port 80 of listener edge\/a \(HTTP, any host name\) again, expected another port/,
    ],
    [
      'a certificate that is not there',
      [gateway('name: a, protocol: HTTPS, port: 443, tls: { certificateRefs: [{ name: shop }] }')],
      /certificateRefs\[0\]\.name: found "shop", expected a Secret of the file$/,
    ],
    [
      'a certificate file that cannot be read',
      [http, 'apiVersion: v1\nkind: Secret\nmetadata: { name: shop, annotations: { weft.dev/tls.crt: shop.pem } }\n'],
      /^edge\.yaml:11:58: metadata\.annotations\["weft\.dev\/tls\.crt"\]: cannot read "shop\.pem": ENOENT, expected a PEM file$/,
    ],
    [
      'a key that is none, without a word of it',
      [http, 'apiVersion: v1\nkind: Secret\nmetadata: { name: shop }\nstringData: { tls.key: s3cret }\n'],
      /stringData\["tls\.key"\]: found something else, expected a private key as PEM without a password$/,
    ],
    [
      'a policy for what is not there',
      [
        http,
        'apiVersion: weft.dev/v1alpha1\nkind: TrafficPolicy\nmetadata: { name: a }\nspec: { targetRefs: [{ group: weft.dev, kind: ExternalService, name: origin }] }\n',
      ],
      /targetRefs\[0\]\.name: found "origin", which is not in the file, expected an ExternalService of default$/,
    ],
    [
      'TLS where none is',
      [gateway('name: a, protocol: HTTP, port: 80, tls: { mode: Passthrough }')],
      /listeners\[0\]\.tls: found with protocol HTTP, expected HTTPS, TLS or HBONE, or no tls$/,
    ],
    [
      'a tunnel for anybody',
      [gateway('name: a, protocol: HBONE, port: 15008, tls: { certificateRefs: [{ name: shop }] }')],
      /listeners\[0\]\.tls\.frontendValidation: missing, expected authorities of clients/,
    ],
    [
      'a tunnel as nobody',
      [http, origin('  tunnel: { protocol: HBONE, address: a.test, port: 15008, tls: {} }\n')],
      /tunnel\.tls\.certificateRef: missing, expected a Secret/,
    ],
    [
      'a kind of a mesh',
      [http, 'apiVersion: v1\nkind: Service\nmetadata: { name: cart }\nspec: { ports: [{ port: 80 }] }\n'],
      /kind: found Service, which is for a mesh, not for `weft proxy`: expected one of /,
    ],
    [
      'a backend of a mesh',
      [http, route('name: edge', right).replace('group: weft.dev, kind: ExternalService, ', ''), origin()],
      /backendRefs\[0\]\.kind: found Service, expected ExternalService in weft proxy, which knows no workloads$/,
    ],
  ]

  test.each(cases)('%s', (_, documents, message) => {
    expect(problemsOf(...documents)).toEqual([expect.stringMatching(message)])
  })
})
