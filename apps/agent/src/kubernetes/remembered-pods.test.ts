import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Namespace, Pod } from '@weft/cluster'
import { silentLogger } from '@weft/telemetry'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Objects } from './local-pods.ts'
import { RememberedPods } from './remembered-pods.ts'

const shop: Namespace = { metadata: { name: 'shop', labels: { 'weft.dev/mesh': 'enabled' }, resourceVersion: '7' } }
const cart: Pod = {
  metadata: { name: 'cart', namespace: 'shop', uid: 'u1', resourceVersion: '9', labels: { app: 'cart' } },
  spec: { nodeName: 'node1', containers: [{ name: 'c' }] },
  status: { phase: 'Running', podIP: '198.18.65.7', conditions: [{ type: 'Ready', status: 'True' }] },
}
const none: Objects<never> = { list: () => [], get: () => null }
const only = <T>(object: T): Objects<T> => ({ list: () => [object], get: () => object })
let dir: string
let path: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'weft-pods-'))
  path = join(dir, 'pods.json')
})
afterEach(() => rmSync(dir, { recursive: true }))

test('what was saved is known again until the API server tells', () => {
  new RememberedPods(path, { pods: only(cart), namespaces: only(shop) }, silentLogger).save([cart])
  const next = new RememberedPods(path, { pods: none, namespaces: none }, silentLogger)
  expect(next.pods.list()).toEqual([])

  expect(next.restore()).toBe(true)

  const { resourceVersion: _, ...metadata } = cart.metadata
  expect(next.pods.list()).toEqual([{ metadata, spec: cart.spec, status: { phase: 'Running', podIP: '198.18.65.7' } }])
  expect(next.pods.get('shop', 'cart')?.metadata.uid).toBe('u1')
  expect(next.pods.get('other', 'cart')).toBeNull()
  expect(next.namespaces.get('', 'shop')?.metadata.labels).toEqual({ 'weft.dev/mesh': 'enabled' })
  expect(statSync(path).mode & 0o777).toBe(0o600)
  next.forget()
  expect(next.pods.list()).toEqual([])
})

test.each(['', '{', '{"pods":1}', '[]'])('a file with %j is nothing to be had', (text) => {
  writeFileSync(path, text)
  expect(new RememberedPods(path, { pods: none, namespaces: none }, silentLogger).restore()).toBe(false)
})

test('no file is nothing to be had', () => {
  expect(new RememberedPods(path, { pods: none, namespaces: none }, silentLogger).restore()).toBe(false)
})
