import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { externalServiceKey } from '@weft/topology'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { checkTogether } from './checks/together.ts'
import { compileExternalService } from './compile/external-service.ts'
import { compileGateways } from './compile/gateway.ts'
import { compileTrafficPolicy } from './compile/traffic-policy.ts'
import { parseProxyResources } from './parse.ts'
import { ResourceProblems } from './problem.ts'
import { SecretContents } from './secret-contents.ts'

const page = readFileSync(join(import.meta.dirname, '../../../../docs/proxy.md'), 'utf8')
const yaml = /```yaml\n([\s\S]*?)```/.exec(page)![1]!
const documents = parseAllDocuments(yaml).map((document) => document.toJS() as Record<string, unknown>)

/** Values that people and their tools write into fields, right and wrong. */
const values = fc.oneof(
  fc.constantFrom<unknown>('', 'edge', 'http', 'HTTP', 'TCP', 'HBONE', 'Terminate', 'Passthrough', '*.example.com'),
  fc.constantFrom<unknown>(
    'Gateway',
    'Service',
    'ExternalService',
    'weft.dev',
    'default',
    'origin',
    '::1',
    '*',
    'https',
  ),
  fc.constantFrom<unknown>(0, 1, 80, 443, 65_535, 65_536, -1, 1.5, null, true, [], {}, [{}], ['a.test'], '10s', 'ü'),
  fc.string({ maxLength: 8 }),
)

interface Change {
  readonly document: number
  readonly steps: readonly number[]
  readonly value: unknown
  readonly isRemoved: boolean
}

const change: fc.Arbitrary<Change> = fc.record({
  document: fc.nat(documents.length - 1),
  steps: fc.array(fc.nat(7), { minLength: 1, maxLength: 9 }),
  value: values,
  isRemoved: fc.boolean(),
})

/** Goes down by the numbers as far as there is something below, and changes what is there. */
function apply(root: unknown, { steps, value, isRemoved }: Change): void {
  let node = root as Record<string, unknown>
  for (const [depth, step] of steps.entries()) {
    const keys = Object.keys(node)
    const key = keys[step % Math.max(keys.length, 1)]
    if (key === undefined) return
    const below = node[key]
    if (depth < steps.length - 1 && typeof below === 'object' && below !== null && Object.keys(below).length > 0) {
      node = below as Record<string, unknown>
      continue
    }
    if (!isRemoved) node[key] = value
    else if (Array.isArray(node)) node.splice(Number(key), 1)
    else delete node[key]
    return
  }
}

test('a file is refused with places, or compiles whatever is in it', () => {
  let accepted = 0
  fc.assert(
    fc.property(fc.array(change, { maxLength: 3 }), (changes) => {
      const changed = structuredClone(documents)
      for (const one of changes) apply(changed[one.document], one)
      const text = changed.map((document) => JSON.stringify(document, null, 1)).join('\n---\n')
      let secrets = new SecretContents([], () => '')
      try {
        const resources = parseProxyResources(text, 'edge.yaml', (found) => {
          secrets = new SecretContents(found, () => '')
          // Certificates are looked at elsewhere: here every file is empty.
          return checkTogether(found, secrets).filter(({ message }) => !/certificate|PEM|tls\.|ca\.crt/.test(message))
        })
        accepted++
        const externals = resources.filter((resource) => resource.kind === 'ExternalService')
        const compiled = new Map(
          externals
            .map((resource) => compileExternalService(resource, secrets.findPem))
            .map((service) => [externalServiceKey(service.namespace, service.name), service] as const),
        )
        const policies = resources.filter((resource) => resource.kind === 'TrafficPolicy')
        for (const service of compiled.values()) compileTrafficPolicy(service, policies, 'ExternalService')
        const ports = compileGateways({
          gateways: resources.filter((resource) => resource.kind === 'Gateway'),
          httpRoutes: resources.filter((resource) => resource.kind === 'HTTPRoute'),
          relayRoutes: resources.filter((resource) => resource.kind === 'TCPRoute' || resource.kind === 'TLSRoute'),
          bindHosts: ['127.0.0.1'],
          findBackend: (key) => compiled.get(key),
          findPem: secrets.findPem,
        })
        const backends = ports.flatMap(({ listeners }) =>
          listeners.flatMap(({ hosts, relays }) => [
            ...hosts.flatMap(({ route }) => route.rules.flatMap((rule) => rule.backends)),
            ...relays.flatMap((relay) => relay.backends),
          ]),
        )
        expect(ports.length).toBeGreaterThan(0)
        for (const { service } of backends) expect(service === '' || compiled.has(service)).toBe(true)
      } catch (error) {
        if (!(error instanceof ResourceProblems)) throw error
        for (const { line, message } of error.problems) {
          expect(line).toBeGreaterThan(0)
          expect(message).not.toBe('')
        }
      }
    }),
    { numRuns: 200 },
  )
  expect(accepted, 'the example itself is among them').toBeGreaterThan(0)
})
