import { fault } from '@weft/faults'
import type { Workload } from '@weft/topology'
import { expect, test } from 'vitest'
import { Applications } from './application.ts'

interface Dial {
  readonly address: string
  readonly claimed: bigint
}

const owners = { isOf: (_address: string, _port: number, _secret: string): boolean => false }

/** Workloads of one node, and the addresses that were dialled; nobody ever listens. */
function node(...workloads: (Pick<Workload, 'uid' | 'networkMode' | 'address'> & { ports: number[] })[]) {
  const dials: Dial[] = []
  let claimed = 0n
  const configured = workloads.map(({ ports, ...rest }) => ({
    ...rest,
    ports: ports.map((port) => ({ port, protocol: 'detect' })),
  }))
  const locals = workloads.map(({ uid }, index) => ({
    uid,
    cgroupId: BigInt(index + 1),
    netnsPath: '',
    proxySecret: `secret of ${uid}`,
    workload: null,
  }))
  const applications = new Applications(
    {
      snapshots: { current: { workload: (uid: string) => configured.find((one) => one.uid === uid) ?? null } },
      locals: { local: (uid: string) => locals.find((one) => one.uid === uid) ?? null, all: () => locals.values() },
      localPorts: { claim: (_: number, cgroupId: bigint) => (claimed = cgroupId) },
      namespaces: {
        dial: (...words: [string, string, string, number, number, ((fd: number) => void) | null]) => {
          claimed = 0n
          words[5]?.(3)
          dials.push({ address: words[2], claimed })
          return Promise.resolve(fault('connect_failed', 'dial', 'nobody listens'))
        },
      },
    } as unknown as ConstructorParameters<typeof Applications>[0],
    owners,
  )
  const dial = async (uid: string, port: number): Promise<Dial[]> => {
    dials.length = 0
    const workload = (configured.find((one) => one.uid === uid) ?? { uid, ports: [] }) as unknown as Workload
    const dialled = await applications.dial(workload, port)
    expect(dialled.ok).toBe(false)
    return [...dials]
  }
  return { dial }
}

test('a dial into the shared network names the workload that it is for, at every address', async () => {
  const { dial } = node(
    { uid: 'a', networkMode: 'shared', address: '198.18.2.1', ports: [8080] },
    { uid: 'b', networkMode: 'shared', address: '198.18.2.2', ports: [8080] },
  )

  expect(await dial('b', 8080)).toEqual([
    { address: '127.0.0.1', claimed: 2n },
    { address: '::1', claimed: 2n },
    { address: '198.18.2.2', claimed: 2n },
  ])
})

test('what a pod keeps to its loopback is reached by declared ports alone', async () => {
  const { dial } = node({ uid: 'a', networkMode: 'own', address: '198.18.3.1', ports: [8080] })

  expect((await dial('a', 8080)).map(({ address }) => address)).toEqual(['198.18.3.1', '127.0.0.1', '::1'])
  expect((await dial('a', 6379)).map(({ address }) => address)).toEqual(['198.18.3.1'])
})

test('without capture, of two that declare a port each is dialled only where its own program listens', async () => {
  const { dial } = node(
    { uid: 'a', networkMode: 'proxied', address: '127.66.1.1', ports: [1] },
    { uid: 'b', networkMode: 'proxied', address: '127.66.1.2', ports: [1, 2] },
  )

  owners.isOf = () => false
  expect(await dial('b', 1), 'nobody of it listens').toEqual([])
  owners.isOf = (address, _, secret) => address === '127.66.1.2' && secret === 'secret of b'
  expect((await dial('b', 1)).map(({ address }) => address)).toEqual(['127.66.1.2'])
  expect(await dial('a', 1)).toEqual([])
  expect((await dial('b', 2)).map(({ address }) => address)).toEqual(['127.0.0.1', '::1', '127.66.1.2'])
})

test('a workload that is not enrolled here is not dialled', async () => {
  expect(await node().dial('stranger', 8080)).toEqual([])
})
