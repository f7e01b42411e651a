import type { Pod } from '@weft/cluster'
import { silentLogger } from '@weft/telemetry'
import { FakeClock } from '@weft/time/testing'
import { expect, test } from 'vitest'
import { workloadDefaults, type Workload } from '@weft/topology'
import type { CniAnswer, CniRequest } from './cni-request.ts'
import type { LocalPods } from './local-pods.ts'
import { PodStarts, type PodStartsParts } from './pod-starts.ts'

const workload = { ...workloadDefaults, uid: 'node1/shop/cart/u1', namespace: 'shop', name: 'cart' } as Workload
const pod = { metadata: { name: 'cart', namespace: 'shop', uid: 'u1' }, spec: { containers: [] } } as Pod
const request: CniRequest = {
  command: 'ADD',
  container: 'c1',
  netnsFd: 3,
  namespace: 'shop',
  pod: 'cart',
  uid: 'u1',
  addresses: ['198.18.65.7'],
}

interface World {
  known: Pod | null
  fetched: Pod | null | Error
  why: string
  hasPlace: boolean
  enrolReason: string
  namespaces: string[]
  closed: number
  took: number[]
}

function make(change: Partial<World> = {}): { world: World; ask: (request?: CniRequest) => Promise<CniAnswer> } {
  const world: World = {
    known: pod,
    fetched: null,
    why: '',
    hasPlace: true,
    enrolReason: '',
    namespaces: ['shop'],
    closed: 0,
    took: [],
    ...change,
  }
  const local = {
    whyNot: () => world.why,
    add: () => (world.hasPlace ? workload : null),
    removed: () => {},
    workloads: () => [workload],
    namespaces: () => world.namespaces,
  } as unknown as LocalPods
  const parts: PodStartsParts = {
    local,
    pods: { get: () => world.known, list: () => [] },
    fetchPod: async () => {
      if (world.fetched instanceof Error) throw world.fetched
      return world.fetched
    },
    takeNamespace: () => ({ path: '/proc/1/fd/9', inode: 1n, close: () => world.closed++ }),
    enrol: async () => world.enrolReason,
    lacks: () => world.enrolReason,
    onEnrolled: (tookMs) => world.took.push(tookMs),
  }
  const clock = new FakeClock()
  const starts = new PodStarts(parts, clock, silentLogger)
  const ask = async (asked = request): Promise<CniAnswer> => {
    let answer: CniAnswer | null = null
    void starts.answer(asked, 100).then((given) => (answer = given))
    for (let i = 0; i < 1_000 && answer === null; i++) {
      await new Promise((resolve) => setImmediate(resolve))
      clock.advance(10)
    }
    return answer!
  }
  return { world, ask }
}

test('a pod of the mesh starts when it is captured', async () => {
  const { world, ask } = make()
  expect(await ask()).toEqual({ ok: true, reason: '' })
  expect(world.took).toHaveLength(1)
})

test('a pod outside the mesh starts at once', async () => {
  const { world, ask } = make({ why: 'its label weft.dev/mesh is disabled' })
  expect(await ask({ ...request, netnsFd: -1 })).toEqual({ ok: true, reason: 'its label weft.dev/mesh is disabled' })
  expect(world.took).toEqual([])
})

test('what the watch has not told of is asked for', async () => {
  expect(await make({ known: null, fetched: pod }).ask()).toEqual({ ok: true, reason: '' })
})

test.each([
  ['unknown', { known: null }, 'the API server has not told the agent of shop/cart yet'],
  ['away', { known: null, fetched: new Error('refused') }, 'the API server has not told the agent of shop/cart yet'],
  [
    'another pod of that name',
    { known: { ...pod, metadata: { ...pod.metadata, uid: 'u0' } } },
    'has not told the agent',
  ],
  ['no cgroup', { hasPlace: false }, 'its cgroup is not found'],
  ['not captured', { enrolReason: 'the agent has no configuration yet' }, 'the agent has no configuration yet'],
])('%s: it waits', async (_, change, message) => {
  const answer = await make(change).ask()
  expect(answer).toMatchObject({ ok: false, again: true })
  expect((answer as { message: string }).message).toContain(message)
})

test('a namespace without pods of the mesh does not wait for an API server that is away', async () => {
  expect(await make({ known: null, fetched: new Error('refused'), namespaces: [] }).ask()).toMatchObject({ ok: true })
})

test('no namespace is kept open for a pod without a place', async () => {
  const { world, ask } = make({ hasPlace: false })
  await ask()
  expect(world.closed).toBe(1)
})

test.each([
  [{ addresses: [] }, 'gave it no address'],
  [{ netnsFd: -1 }, 'no network namespace open'],
])('%j is refused', async (change, message) => {
  expect((await make().ask({ ...request, ...change })) as { message: string }).toMatchObject({
    ok: false,
    message: expect.stringContaining(message) as string,
  })
})

test('CHECK says what a pod lacks', async () => {
  expect(await make().ask({ ...request, command: 'CHECK' })).toEqual({ ok: true, reason: '' })
  const { ask } = make({ enrolReason: 'hooks are missing: mesh_connect4' })
  expect(await ask({ ...request, command: 'CHECK' })).toEqual({
    ok: false,
    message: 'hooks are missing: mesh_connect4',
  })
})
