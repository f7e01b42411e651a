import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { KubernetesObject } from '@weft/kubernetes'
import { kindTable, storedKinds } from '@weft/resources'
import { readObject } from './object-form.ts'

const fields = fc.constantFrom(
  ...['parentRefs', 'rules', 'kind', 'group', 'name', 'backendRefs', 'filters', 'matches', 'targetRefs', 'action'],
  ...['to', 'from', 'paths', 'headers', 'type', 'requestMirror', 'backendRef', 'ports', 'selector', 'retries'],
)
const { anything } = fc.letrec((tie) => ({
  anything: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<unknown>(null, 0, -1, '', 'Service', 'HTTPRoute', 'RequestMirror', '/', '*', true, 'DENY'),
    fc.array(tie('anything'), { maxLength: 3 }),
    fc.dictionary(fields, tie('anything'), { maxKeys: 4 }),
  ),
}))

test('readObject() reads or refuses whatever a cluster may hold, and never throws', () => {
  fc.assert(
    fc.property(fc.constantFrom(...storedKinds.filter((kind) => kind !== 'Service')), anything, (kind, spec) => {
      const metadata = { name: 'a', namespace: 'b', uid: 'c', resourceVersion: '1', generation: 1 }
      const read = readObject({ apiVersion: kindTable[kind].apiVersions[0], kind, metadata, spec } as KubernetesObject)
      expect(read === null || read.resource !== null || read.problem !== '').toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

const selector = { matchLabels: { app: 'cart' } }
const broken = [{ from: [{ identities: ['**'] }] }]

test.each([
  ['a DENY', { action: 'DENY', selector, rules: broken }, { action: 'DENY', selector, rules: [{}] }],
  ['an ALLOW', { action: 'ALLOW', selector, rules: broken }, { action: 'ALLOW', selector }],
  ['another action', { action: 'AUDIT', selector }, { action: 'DENY', selector, rules: [{}] }],
  ['a selector', { action: 'ALLOW', selector: { matchLabels: 7 } }, { action: 'ALLOW' }],
  ['nothing', null, { action: 'DENY', rules: [{}] }],
])('readObject() lets a policy of which %s cannot be read refuse what it is about', (_, spec, expected) => {
  const metadata = { name: 'a', namespace: 'b', uid: 'c', resourceVersion: '1', generation: 1 }
  const read = readObject({
    apiVersion: 'weft.dev/v1alpha1',
    kind: 'AuthorizationPolicy',
    metadata,
    spec,
  } as object as KubernetesObject)

  expect(read?.problem).not.toBe('')
  expect(read?.resource?.spec).toEqual(expected)
})
