import fc from 'fast-check'
import { expect, test } from 'vitest'
import { selects, type Service, serviceDefaults, type Workload, workloadDefaults } from '@weft/topology'
import { topologyChange } from './affected-backends.ts'
import { noResources, type ResourceMaps } from './resource-maps.ts'
import { TopologyIndex } from './topology-index.ts'

const word = fc.constantFrom('a', 'b', 'c')
const labels = fc.dictionary(word, word, { maxKeys: 3, noNullPrototype: true })
const address = fc.constantFrom('10.0.0.1', '10.0.0.2', '10.0.0.3')
const workloads = fc.record({ name: word, namespace: word, labels, address, own: fc.boolean() })
const services = fc.record({
  name: word,
  namespace: word,
  selector: labels,
  address4: fc.oneof(fc.constant(''), address),
})
const step = fc.record({
  up: fc.array(workloads, { maxLength: 20 }),
  down: fc.array(word, { maxLength: 2 }),
  services: fc.array(services, { maxLength: 2 }),
})

function workloadOf(
  name: string,
  more: { namespace: string; labels: Record<string, string>; address: string; own: boolean },
): Workload {
  const { own, ...rest } = more
  return {
    ...workloadDefaults,
    ...rest,
    uid: name,
    name,
    serviceAccount: 'a',
    node: 'n',
    hbonePort: own ? 15008 : 0,
    ports: [],
    networkMode: 'shared',
    cgroupPath: '',
    netnsPath: '',
    allowPlaintext: false,
    publishPort: 0,
    state: 'ready',
  }
}

test('TopologyIndex that was carried over changes finds what a search through everything finds', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
      let resources: ResourceMaps = noResources
      let index = TopologyIndex.empty
      for (const { up, down, services: given } of steps) {
        const next = { ...resources, Workload: new Map(resources.Workload), Service: new Map(resources.Service) }
        for (const name of down) next.Workload.delete(name)
        for (const { name, ...more } of up) next.Workload.set(name, workloadOf(name, more))
        for (const one of given) {
          const service: Service = { ...serviceDefaults, ...one, address6: '', ports: [] }
          next.Service.set(`${one.namespace}/${one.name}`, service)
        }
        index = index.next(resources, next, topologyChange(resources, next))
        resources = next
      }
      const all = [...resources.Workload.values()]
      const offered = [...resources.Service.values()]

      for (const service of offered) {
        expect(new Set(index.selectedBy(service))).toEqual(new Set(all.filter((one) => selects(service, one))))
      }
      for (const workload of all) {
        expect(new Set(index.servicesOf(workload))).toEqual(new Set(offered.filter((one) => selects(one, workload))))
      }
      for (const at of ['10.0.0.1', '10.0.0.2', '10.0.0.3']) {
        const owners = all.filter((one) => one.address === at && one.hbonePort > 0)
        // Where two claimed an address it may be found for neither, until one of them changes: never for a third.
        expect([...owners, null]).toContain(index.workloadAt(at))
      }
    }),
  )
})

test('serviceAt() finds services that share an address by their ports, and lets go of one that shares it no more', () => {
  const sharing = (name: string, port: number, sharedAddresses: readonly string[]): Service => ({
    ...serviceDefaults,
    namespace: 'shop',
    name,
    address4: '',
    address6: '',
    sharedAddresses,
    ports: [{ port, targetPort: port, name: '', protocol: 'detect' }],
    selector: {},
  })
  const mapsOf = (...all: Service[]): ResourceMaps => ({
    ...noResources,
    Service: new Map(all.map((service) => [`shop/${service.name}`, service])),
  })
  const before = mapsOf(sharing('a', 80, ['203.0.113.9']), sharing('b', 81, ['203.0.113.9']))
  const index = TopologyIndex.of(before)
  const found = (one: TopologyIndex): (string | undefined)[] =>
    [80, 81, 82, 0].map((port) => one.serviceAt('203.0.113.9', port)?.name)
  expect(found(index)).toEqual(['a', 'b', undefined, undefined])

  const after = mapsOf(sharing('a', 80, []), sharing('b', 82, ['203.0.113.9']))
  expect(found(index.next(before, after, topologyChange(before, after)))).toEqual([
    undefined,
    undefined,
    'b',
    undefined,
  ])
})
