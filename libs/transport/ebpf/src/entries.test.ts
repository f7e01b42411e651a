import { layouts } from '@weft/bpf'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decodeEndpoint,
  decodePort,
  decodeU64,
  decodeWorkload,
  encodeAddress,
  encodeEndpoint,
  encodeListener,
  encodePort,
  encodeSettings,
  encodeU64,
  encodeWorkload,
  sumPerCpu,
} from './entries.ts'

const address = fc.ipV4().filter((text) => text !== '0.0.0.0')
const port = fc.nat(65_535)

test('every entry has the size that the programs expect', () => {
  const ports = { outbound: 1, inbound: 2, hbone: 3, dns: 4 }
  const port = { workload: 1n, listeners: 0, isDeclared: true, isKept: true, isContested: false }

  expect(encodeAddress('')).toHaveLength(layouts.mesh_address)
  expect(encodeEndpoint({ address: '', port: 1 })).toHaveLength(layouts.endpoint)
  expect(encodeSettings(1n, 2n, ports)).toHaveLength(layouts.mesh_settings)
  expect(encodePort(port)).toHaveLength(layouts.port_owner)
  expect(encodeListener('hbone', '')).toHaveLength(layouts.listener_key)
  expect(encodeWorkload({ uid: 'a', address: '', network: 'own', dnsPort: 0 })).toHaveLength(layouts.workload)
})

test('what is encoded reads back', () => {
  fc.assert(
    fc.property(address, port, (address, port) => {
      expect(decodeEndpoint(encodeEndpoint({ address, port }))).toEqual({ address, port })
    }),
  )
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
      expect(decodeU64(encodeU64(value))).toBe(value)
    }),
  )
  fc.assert(
    fc.property(fc.nat(), fc.boolean(), fc.boolean(), fc.boolean(), (listeners, isDeclared, isKept, isContested) => {
      const owner = { workload: 7n, listeners, isDeclared, isKept, isContested }
      expect(decodePort(encodePort(owner))).toEqual(owner)
    }),
  )
  fc.assert(
    fc.property(address, port, fc.constantFrom('shared', 'own'), (address, dnsPort, network) => {
      const workload = { uid: 'default/cart-ä', address, network, dnsPort } as const
      expect(decodeWorkload(encodeWorkload(workload))).toEqual(workload)
    }),
  )
})

test('encodeWorkload() keeps the last octet of the uid for its end', () => {
  const workload = encodeWorkload({ uid: 'x'.repeat(80), address: '', network: 'own', dnsPort: 0 })

  expect(decodeWorkload(workload).uid).toBe('x'.repeat(63))
})

test('sumPerCpu() adds the slots of all CPUs', () => {
  expect(sumPerCpu(Uint8Array.from([...encodeU64(3n), ...encodeU64(4n)]))).toBe(7)
  expect(sumPerCpu(new Uint8Array())).toBe(0)
})
