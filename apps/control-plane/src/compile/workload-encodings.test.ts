import { expect, test } from 'vitest'
import { jsonLogger } from '@weft/host'
import { type Workload, workloadDefaults } from '@weft/topology'
import { CheckedEncoder } from './checked-encoder.ts'
import { WorkloadEncodings } from './workload-encodings.ts'

const workload = (name: string, change: Partial<Workload> = {}): Workload => ({
  ...workloadDefaults,
  uid: `n/shop/${name}`,
  namespace: 'shop',
  name,
  serviceAccount: 'cart',
  labels: {},
  node: 'n',
  address: '10.0.0.1',
  hbonePort: 15008,
  ports: [],
  networkMode: 'own',
  cgroupPath: '',
  netnsPath: '',
  allowPlaintext: false,
  publishPort: 0,
  state: 'ready',
  ...change,
})

function world(...all: Workload[]) {
  const running = new Map(all.map((one) => [one.uid, one]))
  const lines: string[] = []
  const log = jsonLogger('test', 'info', (line) => void lines.push(line))
  const encodings = new WorkloadEncodings(
    { workloads: () => [...running.values()], get: (uid) => running.get(uid) ?? null },
    new CheckedEncoder(log),
  )
  encodings.reset()
  return { running, encodings, lines }
}

test('take() gives what changed since the last call, each encoded once', () => {
  const { running, encodings } = world(workload('a'), workload('b'))
  expect(encodings.take().upserts).toHaveLength(2)
  running.set('n/shop/a', workload('a', { state: 'draining' }))
  running.delete('n/shop/b')
  for (const uid of ['n/shop/a', 'n/shop/a', 'n/shop/b', 'n/shop/c']) encodings.changed(uid)

  const { upserts, removals } = encodings.take()
  expect(upserts.map(({ name }) => name)).toEqual(['n/shop/a'])
  expect(removals).toEqual(['Workload/n/shop/b'])
  encodings.changed('n/shop/a')
  expect(encodings.take(), 'told of, but the same').toEqual({ upserts: [], removals: [] })
  expect([...encodings.all()]).toHaveLength(1)
})

test('a workload that agents would refuse is left out, told once, and holds up nobody', () => {
  const { running, encodings, lines } = world(workload('good'), workload('bad', { address: 'nowhere' }))

  expect(encodings.take().upserts.map(({ name }) => name)).toEqual(['n/shop/good'])
  expect(lines.join()).toContain('Workload n/shop/bad: address: found \\"nowhere\\", expected an IP address')
  running.set('n/shop/good', workload('good', { address: '' }))
  encodings.changed('n/shop/good')
  expect(encodings.take(), 'what they held of it goes').toEqual({ upserts: [], removals: ['Workload/n/shop/good'] })
})
