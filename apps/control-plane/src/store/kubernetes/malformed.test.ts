import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { KubernetesObject } from '@weft/kubernetes'
import { kindTable, type StoredKind } from '@weft/resources'
import {
  grantYaml,
  grpcRouteYaml,
  policyYaml,
  routeYaml,
  tcpRouteYaml,
  trafficPolicyYaml,
} from '@weft/resources/testing'
import { silentLogger } from '@weft/telemetry'
import { FakeClock } from '@weft/time/testing'
import { serviceDefaults } from '@weft/topology'
import { CheckedEncoder } from '../../compile/checked-encoder.ts'
import { DerivedServices } from '../../compile/derived-services.ts'
import { MeshCompiler } from '../../compile/mesh-model.ts'
import { AddressRange } from '../../registry/address-range.ts'
import { SqliteStore } from '../sqlite-store.ts'
import { ReadObjects } from './read-objects.ts'

const words = fc.constantFrom<unknown>(
  ...[null, 0, -1, 1e9, 80, 1.5, true, '', '/', '*', 'a', 'Service', 'Gateway', 'HTTPRoute', 'RequestMirror', '('],
  ...['RegularExpression', 'URLRewrite', 'RequestRedirect', 'catalog', 'x'.repeat(300), [], {}, [null], [[]], [{}]],
)
const examples = [grantYaml, grpcRouteYaml, policyYaml, routeYaml, tcpRouteYaml, trafficPolicyYaml].map(
  (yaml) => parse(yaml) as KubernetesObject & { spec: object },
)
/** Valid objects of which parts were replaced by anything, as clusters hold that took them before they checked. */
const objects = fc
  .array(fc.tuple(fc.constantFrom(...examples), fc.array(fc.tuple(fc.nat(), words), { maxLength: 4 })), {
    maxLength: 6,
  })
  .map((all) =>
    all.map(([example, changes], index): KubernetesObject => {
      const { spec, ...rest } = structuredClone(example)
      const holder = { spec }
      for (const [at, value] of changes) replaceAt(holder, at, value)
      const metadata = {
        name: `o${index}`,
        namespace: 'default',
        uid: `u${index}`,
        resourceVersion: '7',
        generation: 1,
      }
      return { ...rest, ...holder, metadata }
    }),
  )

const service = {
  ...serviceDefaults,
  namespace: 'default',
  name: 'catalog',
  ports: [{ port: 80, targetPort: 80, name: '', protocol: 'detect' as const }],
  selector: { app: 'catalog' },
  address4: '10.0.0.1',
  address6: '',
}

test('whatever a cluster holds, the rest is compiled, and every route and policy is told of', async () => {
  const options = {
    trustDomain: 'cluster.local',
    serviceRange4: AddressRange.parse('198.19.0.0/16')!,
    serviceRange6: AddressRange.parse('fd77::/64')!,
  }
  const store = new SqliteStore(':memory:', new FakeClock())
  await fc.assert(
    fc.asyncProperty(objects, async (held) => {
      const read = new ReadObjects(silentLogger)
      for (const object of held) read.take(`${object.kind}/default/${object.metadata.name}`, object)

      const compiler = new MeshCompiler(options, store, new CheckedEncoder(silentLogger))
      const model = await compiler.compile(7, read.list(), new DerivedServices(), [service])

      expect([...model.services.keys()]).toEqual(['default/catalog'])
      const routes = read.list().filter(({ kind }) => kind.endsWith('Route'))
      expect(model.routeStatuses.size).toBe(routes.length)
      for (const { object } of read.rejected()) expect(kindTable[object.kind as StoredKind]).toBeDefined()
    }),
    { numRuns: 1_500 },
  )
  store.close()
})

/** Replaces one part of an object, whichever `at` means. */
function replaceAt(holder: object, at: number, value: unknown): void {
  const places: (() => void)[] = []
  const visit = (part: unknown): void => {
    if (part === null || typeof part !== 'object') return
    for (const key of Object.keys(part)) {
      places.push(() => void ((part as Record<string, unknown>)[key] = structuredClone(value)))
      visit((part as Record<string, unknown>)[key])
    }
  }
  visit(holder)
  places[at % places.length]?.()
}
