import { beforeEach, describe, expect, test } from 'vitest'
import { ENROLLED_CONDITION, type Pod } from '@weft/cluster'
import { ApiFailure } from '@weft/kubernetes'
import { silentLogger } from '@weft/telemetry'
import { FakeClock } from '@weft/time/testing'
import { EnrolmentConditions } from './enrolment-conditions.ts'

let clock: FakeClock
let pods: Map<string, Pod>
let written: { path: string; status: string; message: string; at: string }[]
let answer: () => void
let conditions: EnrolmentConditions
let version: number

const podOf = (name: string, node = 'n1', enrolled = '', message = ''): Pod => ({
  metadata: { name, namespace: 'shop', uid: `uid-${name}`, resourceVersion: String(++version) },
  spec: { nodeName: node, containers: [] },
  status: {
    conditions:
      enrolled === ''
        ? []
        : [
            {
              type: ENROLLED_CONDITION,
              status: enrolled,
              reason: enrolled === 'True' ? 'Enrolled' : 'NotEnrolled',
              message,
            },
          ],
  },
})
const report = (name: string, enrolled = true, reason = '', node = 'n1') => ({
  uid: `${node}/shop/${name}/uid-${name}`,
  enrolled,
  reason,
  environment: {},
})
const settle = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

beforeEach(() => {
  clock = new FakeClock(false)
  pods = new Map()
  written = []
  version = 0
  answer = () => {}
  const client = {
    applyStatus: async (path: string, object: unknown) => {
      const { status } = object as {
        status: { conditions: { status: string; message: string; lastTransitionTime: string }[] }
      }
      answer()
      const [{ status: said, message, lastTransitionTime: at }] = status.conditions as [(typeof status.conditions)[0]]
      written.push({ path, status: said, message, at })
      return { metadata: { name: '', resourceVersion: String(++version) } } as never
    },
  }
  conditions = new EnrolmentConditions(
    client,
    {
      pod: (namespace, name) => pods.get(`${namespace}/${name}`) ?? null,
      onNode: (node) => [...pods.values()].filter(({ spec }) => spec.nodeName === node),
      whyNotWanted: ({ metadata }) => (metadata.labels?.['weft.dev/mesh'] === 'disabled' ? 'its label' : ''),
    },
    clock,
    silentLogger,
    { gapMs: 0 },
  )
})

describe('EnrolmentConditions', () => {
  test('writes what a node says, and nothing where the pod says so already', async () => {
    pods.set('shop/a', podOf('a'))
    pods.set('shop/b', podOf('b', 'n1', 'True', 'its traffic is captured, and it has its certificate'))
    conditions.report('n1', [report('a', false, 'no such cgroup'), report('b')])
    await settle()

    expect(written).toMatchObject([
      { path: '/api/v1/namespaces/shop/pods/a', status: 'False', message: 'no such cgroup' },
    ])
    conditions.report('n1', [report('a', false, 'no such cgroup'), report('b')])
    await settle()
    expect(written, 'not again before the watch brings it back').toHaveLength(1)
  })

  test.each(['True', 'False'])(
    'what was said (%s) of a pod that is not wanted any more is put right, once',
    async (was) => {
      const unwanted = (enrolled: string, message: string): Pod => {
        const pod = podOf('a', 'n1', enrolled, message)
        return { ...pod, metadata: { ...pod.metadata, labels: { 'weft.dev/mesh': 'disabled' } } }
      }
      pods.set('shop/a', unwanted(was, 'of before'))
      pods.set('shop/b', {
        ...podOf('b'),
        metadata: { ...podOf('b').metadata, labels: { 'weft.dev/mesh': 'disabled' } },
      })
      conditions.report('n1', [])
      await settle()
      expect(written.map(({ path, status, message }) => [path, status, message])).toEqual([
        ['/api/v1/namespaces/shop/pods/a', 'False', 'its label'],
      ])

      pods.set('shop/a', unwanted('False', 'its label'))
      conditions.report('n1', [])
      await settle()
      expect(written).toHaveLength(1)
    },
  )

  test('refuses what a node says of the pods of another', async () => {
    pods.set('shop/a', podOf('a', 'n2'))
    conditions.report('n1', [report('a', true, '', 'n2'), report('a', true, '', 'n1')])
    await settle()

    expect(written).toEqual([])
  })

  test('leaves alone a pod that has the name of the one reported', async () => {
    pods.set('shop/a', podOf('a'))
    conditions.report('n1', [{ ...report('a'), uid: 'n1/shop/a/of-before' }])
    await settle()

    expect(written).toEqual([])
  })

  test('keeps a report for a pod that the API server tells of later', async () => {
    conditions.report('n1', [report('a')])
    await settle()
    const pod = podOf('a')
    pods.set('shop/a', pod)
    conditions.podChanged('shop/a', pod)
    await settle()

    expect(written).toMatchObject([{ status: 'True' }])
  })

  test('keeps a report for a pod of which is not known yet on which node it runs', async () => {
    const pod = podOf('a')
    const { nodeName: _later, ...spec } = pod.spec
    pods.set('shop/a', { ...pod, spec })
    conditions.report('n1', [report('a')])
    await settle()
    expect(written).toEqual([])

    pods.set('shop/a', pod)
    conditions.podChanged('shop/a', pod)
    await settle()
    expect(written).toHaveLength(1)
  })

  test('writes to one pod at most once a second, and the latest word', async () => {
    pods.set('shop/a', podOf('a'))
    for (const reason of ['one', 'two', 'three', '']) {
      conditions.report('n1', [report('a', reason === '', reason)])
      await settle()
    }
    expect(written).toMatchObject([{ message: 'one' }])
    await clock.advance(1_000)
    await settle()

    expect(written.slice(1)).toMatchObject([{ status: 'True' }])
    expect(conditions.waiting).toBe(0)
  })

  test('bounds how many it writes at once and how close together', async () => {
    const slow = new EnrolmentConditions(
      { applyStatus: async () => (written.push({ path: '', status: '', message: '', at: '' }), podOf('x') as never) },
      {
        pod: (namespace, name) => pods.get(`${namespace}/${name}`) ?? null,
        onNode: () => [],
        whyNotWanted: () => '',
      },
      clock,
      silentLogger,
      { gapMs: 10 },
    )
    for (let i = 0; i < 50; i++) pods.set(`shop/p${i}`, podOf(`p${i}`))
    slow.report(
      'n1',
      Array.from({ length: 50 }, (_, i) => report(`p${i}`)),
    )
    await settle()
    expect(written).toHaveLength(1)
    for (let i = 0; i < 10; i++) {
      await clock.advance(10)
      await settle()
    }

    expect(written).toHaveLength(11)
  })

  test('believes that an enrolled pod is not only when that was said for a second', async () => {
    pods.set('shop/a', podOf('a', 'n1', 'True', 'its traffic is captured, and it has its certificate'))
    conditions.report('n1', [report('a', false, 'its cgroup is not found')])
    clock.advance(900)
    await settle()
    conditions.report('n1', [report('a')])
    clock.advance(2_000)
    await settle()
    expect(written, 'an agent that started had not looked yet').toEqual([])

    conditions.report('n1', [report('a', false, 'hooks are missing')])
    clock.advance(600)
    conditions.report('n1', [report('a', false, 'its HBONE listener is gone')])
    clock.advance(400)
    await settle()
    expect(written).toMatchObject([{ status: 'False', message: 'its HBONE listener is gone' }])
  })

  test('tries again when the API server does not answer, and gives up when the pod is gone', async () => {
    pods.set('shop/a', podOf('a'))
    answer = () => {
      throw new ApiFailure('PATCH', 503, { message: 'away' })
    }
    conditions.report('n1', [report('a')])
    await settle()
    answer = () => {}
    await clock.advance(2_000)
    await settle()
    expect(written).toHaveLength(1)

    answer = () => {
      throw new ApiFailure('PATCH', 404, { reason: 'NotFound' })
    }
    conditions.report('n1', [report('a', false, 'gone')])
    await clock.advance(1_000)
    await settle()
    expect(conditions.waiting).toBe(0)
  })

  test('says of a pod that was taken out of the mesh, and is reported no more, that it is not in it', async () => {
    const out = podOf('a', 'n1', 'True', '')
    pods.set('shop/a', { ...out, metadata: { ...out.metadata, labels: { 'weft.dev/mesh': 'disabled' } } })
    pods.set('shop/b', podOf('b', 'n1', 'True', ''))
    conditions.report('n1', [])
    await settle()

    expect(written, 'an agent that has not looked yet says nothing of those it should have').toMatchObject([
      { path: '/api/v1/namespaces/shop/pods/a', status: 'False' },
    ])
  })
})
