import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ServiceResource } from '@weft/resources'
import type { ResourceStore } from '../resource-store.ts'

export const serviceNamed = (name: string, port = 80, namespace = 'default'): ServiceResource =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { selector: { app: name }, ports: [{ port }] },
  }) as unknown as ServiceResource

const ref = (name: string) => ({ kind: 'Service', namespace: 'default', name }) as const

/** What every ResourceStore promises. `open` opens the same store again after `close`. */
export function storeContract(title: string, open: () => Promise<ResourceStore>): void {
  describe(`${title} keeps the contract of ResourceStore`, () => {
    let store: ResourceStore
    beforeEach(async () => {
      store = await open()
    })
    afterEach(() => store.close())

    test('apply() creates, configures, leaves alone; one revision per change', async () => {
      const first = store.revision
      expect(await store.apply([serviceNamed('a'), serviceNamed('b')], 'ann')).toEqual({
        revision: first + 1,
        outcomes: ['created', 'created'],
      })
      expect(await store.apply([serviceNamed('a', 81), serviceNamed('b')], 'bob')).toEqual({
        revision: first + 2,
        outcomes: ['configured', 'unchanged'],
      })
      expect(await store.apply([serviceNamed('a', 81)], 'bob')).toEqual({
        revision: first + 2,
        outcomes: ['unchanged'],
      })

      const stored = await store.get(ref('a'))
      expect(stored!.metadata).toMatchObject({ generation: 2, resourceVersion: String(first + 2) })
      expect((await store.get(ref('b')))!.metadata).toMatchObject({ generation: 1, resourceVersion: String(first + 1) })
    })

    test('apply() refuses a resource that was read at an older version, and stores nothing of the rest', async () => {
      await store.apply([serviceNamed('a')], 'ann')
      const read = (await store.get(ref('a')))!
      await store.apply([serviceNamed('a', 81)], 'bob')
      const revision = store.revision

      await expect(store.apply([serviceNamed('b'), read], 'ann')).rejects.toThrow(
        `Service/default/a: resourceVersion: found ${revision}, expected ${read.metadata.resourceVersion}`,
      )
      expect(await store.get(ref('b'))).toBeNull()
      expect(store.revision).toBe(revision)
    })

    test('dryRun() answers as apply() would and changes nothing', async () => {
      const revision = store.revision
      expect(await store.dryRun([serviceNamed('a')])).toEqual({ revision, outcomes: ['created'] })
      expect(await store.list()).toEqual([])
    })

    test('remove() is a revision too, null when there was nothing', async () => {
      await store.apply([serviceNamed('a')], 'ann')
      const revision = store.revision
      expect(await store.remove(ref('a'), 'bob')).toBe(revision + 1)
      expect(await store.remove(ref('a'), 'bob')).toBeNull()
      expect((await store.history(ref('a'), 10)).map((version) => [version.author, version.resource === null])).toEqual(
        [
          ['bob', true],
          ['ann', false],
        ],
      )
    })

    test('everything is there again after a restart, the revision too', async () => {
      await store.apply([serviceNamed('a')], 'ann')
      const number = await store.numberOf('default/a', 10)
      const { revision } = store
      const before = await store.list()
      store.close()
      store = await open()
      expect(store.revision).toBe(revision)
      expect(await store.list()).toEqual(before)
      expect(await store.numberOf('default/a', 10)).toBe(number)
    })

    test('numberOf() gives each key its own number and says when the range is used up', async () => {
      expect([await store.numberOf('a', 2), await store.numberOf('b', 2), await store.numberOf('a', 2)]).toEqual([
        0, 1, 0,
      ])
      await expect(store.numberOf('c', 2)).rejects.toThrow('all 2 of the range are taken')
    })

    test('watch() tells each new revision once, and nothing when nothing changed', async () => {
      const seen: number[] = []
      const stop = store.watch((revision) => seen.push(revision))
      const { revision } = store
      await store.apply([serviceNamed('a')], 'ann')
      await store.apply([serviceNamed('a')], 'ann')
      await store.remove(ref('a'), 'ann')
      stop()
      await store.apply([serviceNamed('b')], 'ann')
      expect(seen).toEqual([revision + 1, revision + 2])
    })
  })
}
