import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ServiceResource, TrafficPolicyResource } from '@weft/resources'
import type { ResourceStore } from '../resource-store.ts'

export const serviceNamed = (name: string, port = 80, namespace = 'default'): ServiceResource =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { selector: { app: name }, ports: [{ port }] },
  }) as unknown as ServiceResource

/** A kind of which every store keeps all fields, generation included. */
export const policyNamed = (name: string, attempts = 1): TrafficPolicyResource => ({
  apiVersion: 'weft.dev/v1alpha1',
  kind: 'TrafficPolicy',
  metadata: { name, namespace: 'default' },
  spec: { targetRefs: [{ kind: 'Service', name }], retries: { attempts } },
})

const ref = (name: string) => ({ kind: 'TrafficPolicy', namespace: 'default', name }) as const

/** What every ResourceStore promises. `open` opens the same store again after `close`. */
export function storeContract(title: string, open: () => Promise<ResourceStore>): void {
  describe(`${title} keeps the contract of ResourceStore`, () => {
    let store: ResourceStore
    beforeEach(async () => {
      store = await open()
    })
    afterEach(() => store.close())

    test('apply() creates, configures, leaves alone; the revision grows with changes alone', async () => {
      const first = store.revision
      const created = await store.apply([policyNamed('a'), policyNamed('b')], 'ann')
      expect(created.outcomes).toEqual(['created', 'created'])
      expect(created.revision).toBeGreaterThan(first)
      const configured = await store.apply([policyNamed('a', 2), policyNamed('b')], 'bob')
      expect(configured.outcomes).toEqual(['configured', 'unchanged'])
      expect(configured.revision).toBeGreaterThan(created.revision)
      expect(await store.apply([policyNamed('a', 2)], 'bob')).toEqual({
        revision: configured.revision,
        outcomes: ['unchanged'],
      })
      expect(store.revision).toBe(configured.revision)

      const a = (await store.get(ref('a')))!
      expect(a.spec).toEqual(policyNamed('a', 2).spec)
      expect(a.metadata).toMatchObject({ generation: 2, resourceVersion: String(configured.revision) })
      const b = (await store.get(ref('b')))!
      expect(b.metadata.generation).toBe(1)
      expect(Number(b.metadata.resourceVersion)).toBeLessThanOrEqual(created.revision)
    })

    test('apply() takes away what is given no longer', async () => {
      const both = { ...policyNamed('a').spec, timeouts: { connect: '1s' } }
      await store.apply([{ ...policyNamed('a'), spec: both }], 'ann')
      await store.apply([policyNamed('a')], 'bob')
      expect((await store.get(ref('a')))!.spec).toEqual(policyNamed('a').spec)
    })

    test('apply() keeps services too', async () => {
      expect((await store.apply([serviceNamed('s')], 'ann')).outcomes).toEqual(['created'])
      expect((await store.apply([serviceNamed('s')], 'ann')).outcomes).toEqual(['unchanged'])
      expect((await store.apply([serviceNamed('s', 81)], 'ann')).outcomes).toEqual(['configured'])
      const stored = await store.get({ kind: 'Service', namespace: 'default', name: 's' })
      expect(stored!.spec).toMatchObject({ selector: { app: 's' }, ports: [{ port: 81 }] })
      await store.remove({ kind: 'Service', namespace: 'default', name: 's' }, 'ann')
    })

    test('apply() refuses a resource that was read at an older version, and stores nothing of the rest', async () => {
      await store.apply([policyNamed('a')], 'ann')
      const read = (await store.get(ref('a')))!
      const { revision } = await store.apply([policyNamed('a', 2)], 'bob')

      await expect(store.apply([policyNamed('b'), read], 'ann')).rejects.toThrow(
        `TrafficPolicy/default/a: resourceVersion: found ${revision}, expected ${read.metadata.resourceVersion}`,
      )
      expect(await store.get(ref('b'))).toBeNull()
      expect(store.revision).toBe(revision)
    })

    test('apply() takes a resource that is as it was read', async () => {
      await store.apply([policyNamed('a')], 'ann')
      const read = (await store.get(ref('a'))) as TrafficPolicyResource
      const changed = { ...read, spec: policyNamed('a', 7).spec }
      expect((await store.apply([changed], 'ann')).outcomes).toEqual(['configured'])
    })

    test('dryRun() answers as apply() would and changes nothing', async () => {
      const revision = store.revision
      expect(await store.dryRun([policyNamed('a')])).toEqual({ revision, outcomes: ['created'] })
      expect(await store.get(ref('a'))).toBeNull()
    })

    test('remove() is a revision too, null when there was nothing', async () => {
      await store.apply([policyNamed('a')], 'ann')
      const revision = store.revision
      expect(await store.remove(ref('a'), 'bob')).toBeGreaterThan(revision)
      expect(await store.get(ref('a'))).toBeNull()
      expect(await store.remove(ref('a'), 'bob')).toBeNull()
      const versions = await store.history(ref('a'), 2)
      expect(versions.map((version) => [version.author, version.resource === null])).toEqual([
        ['bob', true],
        ['ann', false],
      ])
    })

    test('history() tells the latest versions, newest first', async () => {
      for (const attempts of [1, 2, 3]) await store.apply([policyNamed('h', attempts)], `author ${attempts}`)
      const versions = await store.history(ref('h'), 2)
      expect(versions.map(({ author, resource }) => [author, resource?.spec])).toEqual([
        ['author 3', policyNamed('h', 3).spec],
        ['author 2', policyNamed('h', 2).spec],
      ])
    })

    test('everything is there again after a restart, the revision too', async () => {
      await store.apply([policyNamed('a')], 'ann')
      const number = await store.numberOf('default/a', 10)
      const { revision } = store
      const before = await store.list()
      store.close()
      store = await open()
      expect(store.revision).toBeGreaterThanOrEqual(revision)
      expect(await store.list()).toEqual(before)
      expect(await store.numberOf('default/a', 10)).toBe(number)
    })

    test('numberOf() gives each key its own number and says when the range is used up', async () => {
      const [a, b] = [await store.numberOf('a', 4), await store.numberOf('b', 4)]
      expect(b).not.toBe(a)
      expect(await store.numberOf('a', 4)).toBe(a)
      for (const key of ['c', 'd']) await store.numberOf(key, 4).catch(() => {})
      await expect(store.numberOf('e', 4)).rejects.toThrow('all 4 of the range are taken')
    })

    test('watch() tells each new revision once, and nothing when nothing changed', async () => {
      const seen: number[] = []
      const stop = store.watch((revision) => seen.push(revision))
      const { revision: applied } = await store.apply([policyNamed('w')], 'ann')
      await store.apply([policyNamed('w')], 'ann')
      const removed = await store.remove(ref('w'), 'ann')
      stop()
      await store.apply([policyNamed('x')], 'ann')
      expect(seen).toEqual([applied, removed])
    })
  })
}
