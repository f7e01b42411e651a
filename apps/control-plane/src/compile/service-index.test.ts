import fc from 'fast-check'
import { expect, test } from 'vitest'
import { selects, type Service, type Workload } from '@weft/topology'
import { ServiceIndex } from './service-index.ts'

const word = fc.constantFrom('a', 'b', 'c')
const labels = fc.dictionary(word, word, { maxKeys: 3, noNullPrototype: true })
const services = fc.array(fc.record({ namespace: word, name: fc.uuid(), selector: labels }), { maxLength: 12 })

test('ServiceIndex finds exactly the services that select a workload', () => {
  fc.assert(
    fc.property(services, word, labels, (all, namespace, own) => {
      const workload = { namespace, labels: own } as unknown as Workload
      const expected = (all as unknown as Service[]).filter((service) => selects(service, workload))

      expect(new ServiceIndex(all as unknown as Service[]).of(workload).toSorted()).toEqual(
        expected.map((service) => `${service.namespace}/${service.name}`).toSorted(),
      )
    }),
  )
})
