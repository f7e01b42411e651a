import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { silentLogger } from '@weft/telemetry'
import { FakeClock, seededRandom } from '@weft/time/testing'
import { Informer } from './informer.ts'
import { type KubernetesObject, objectKey, resourcePath } from './object.ts'
import { FakeApiServer } from './testing/index.ts'

type Step =
  | { readonly do: 'put' | 'remove'; readonly name: string }
  | { readonly do: 'cut' | 'end' | 'away' | 'return' | 'compact' | 'bookmark' | 'disorder' | 'order' | 'yield' }

const names = fc.constantFrom('a', 'b', 'c', 'd')
const change = fc.record({ do: fc.constantFrom('put', 'put', 'remove'), name: names })
const trouble = (...kinds: string[]) => fc.record({ do: fc.constantFrom(...kinds) })
const stepsOf = (...kinds: string[]) =>
  fc.array(fc.oneof({ weight: 5, arbitrary: change }, { weight: 3, arbitrary: trouble(...kinds) }), {
    maxLength: 60,
  }) as fc.Arbitrary<Step[]>

interface Told {
  readonly key: string
  readonly version: string | null
}

/** What an informer told while those steps were done, and what was there to tell. */
async function run(steps: readonly Step[], seed: number) {
  await using api = await FakeApiServer.start()
  const path = resourcePath('v1', 'configmaps')
  const clock = new FakeClock()
  const options = { client: api.client(clock), path, labelSelector: 'seen=yes', pageSize: 2 }
  const informer = new Informer(options, clock, seededRandom(seed), silentLogger)
  const told: Told[] = []
  const happened: Told[] = []
  informer.onChange((key, object) => told.push({ key, version: object?.metadata.resourceVersion ?? null }))
  await informer.start()
  await vi.waitFor(() => expect(api.watches).toBe(1), { interval: 1 })
  let isAway = false
  for (const step of steps) {
    switch (step.do) {
      case 'put': {
        const metadata = { name: step.name, labels: { seen: 'yes' } }
        const object = api.put<KubernetesObject>({ apiVersion: 'v1', kind: 'ConfigMap', metadata })
        happened.push({ key: objectKey(object), version: object.metadata.resourceVersion! })
        break
      }
      case 'remove':
        if (api.get('v1', 'configmaps', 'default', step.name) === null) break
        api.remove('v1', 'configmaps', 'default', step.name)
        happened.push({ key: `default/${step.name}`, version: null })
        break
      case 'cut':
      case 'end':
        api.cutWatches(step.do === 'end')
        break
      case 'away':
        if (!isAway) await api.away()
        isAway = true
        break
      case 'return':
        if (isAway) await api.listen()
        isAway = false
        break
      case 'compact':
        api.compact()
        break
      case 'bookmark':
        api.bookmark()
        break
      case 'disorder':
      case 'order':
        api.disorder = step.do === 'disorder'
        break
      case 'yield':
        await new Promise((resolve) => setTimeout(resolve, 4))
    }
  }
  if (isAway) await api.listen()
  api.disorder = false
  // Tells what was held back, and that all has been told.
  const last: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'last', labels: { seen: 'yes' } },
  }
  const { metadata } = api.put(last)
  happened.push({ key: 'default/last', version: metadata.resourceVersion! })
  await vi.waitFor(() => expect(informer.get('default', 'last')).not.toBeNull(), { timeout: 5_000, interval: 2 })
  const there = api.list<KubernetesObject>('v1', 'configmaps')
  await vi.waitFor(() => expect(stateOf(informer.list())).toEqual(stateOf(there)), { timeout: 5_000, interval: 2 })
  informer.stop()
  return { told, happened }
}

const stateOf = (objects: readonly KubernetesObject[]): string[] =>
  objects.map((object) => `${objectKey(object)}@${object.metadata.resourceVersion}`).toSorted()

/** Neither a version twice nor an older one after a newer, nor that something is gone which was not there. */
function expectNoRepeats(told: readonly Told[]): void {
  const latest = new Map<string, Told>()
  const versions = new Map<string, number>()
  for (const one of told) {
    if (one.version === null) expect(latest.get(one.key)?.version ?? null, `${one.key} gone twice`).not.toBeNull()
    else {
      expect(Number(one.version), `${one.key} goes back`).toBeGreaterThan(versions.get(one.key) ?? 0)
      versions.set(one.key, Number(one.version))
    }
    latest.set(one.key, one)
  }
}

test('Informer tells every change, once and in order, over connections that break', { timeout: 120_000 }, async () => {
  const steps = stepsOf('cut', 'end', 'away', 'return', 'bookmark', 'yield', 'yield')
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(), async (given, seed) => {
      const { told, happened } = await run(given, seed)
      expect(told).toEqual(happened)
    }),
    { numRuns: 40 },
  )
})

test(
  'Informer arrives at the truth without a repeat, also where history is lost and order is broken',
  { timeout: 120_000 },
  async () => {
    const steps = stepsOf(
      'cut',
      'end',
      'away',
      'return',
      'bookmark',
      'compact',
      'disorder',
      'disorder',
      'order',
      'yield',
      'yield',
    )
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(), async (given, seed) => {
        const { told } = await run(given, seed)
        expectNoRepeats(told)
      }),
      { numRuns: 60 },
    )
  },
)
