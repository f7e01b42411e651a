import { expect, test } from 'vitest'
import type { Pod } from '@weft/cluster'
import type { Inventory } from '../registry/inventory.ts'
import { ClusterReplicas } from './cluster-replicas.ts'
import { ClusterState } from './cluster-state.ts'

const NAMESPACE = 'weft-system'

function world() {
  const listeners = new Set<(uid: string) => void>()
  const state = new ClusterState((uid) => listeners.forEach((tell) => tell(uid)), NAMESPACE)
  const inventory: Partial<Inventory> = {
    services: () => state.services,
    workloads: () => [...state.pods.workloads()],
    watch: (listener) => (listeners.add(listener), () => listeners.delete(listener)),
  }
  const own = { namespace: NAMESPACE, service: 'weft-control-plane', self: 'cp-1', port: 15010 }
  state.setNode('n1', { metadata: { name: 'n1' } })
  return { state, replicas: new ClusterReplicas(inventory as Inventory, own) }
}

function podOf(name: string, podIP: string, change: Partial<Pod['metadata']> = {}): Pod {
  const labels = { app: 'weft-control-plane' }
  return {
    metadata: { name, namespace: NAMESPACE, uid: name, labels, ...change },
    spec: { nodeName: 'n1', containers: [] },
    status: { podIP, conditions: [{ type: 'Ready', status: 'True' }] },
  }
}

test('ClusterReplicas are the other pods behind the Service, while they serve', () => {
  const { state, replicas } = world()
  expect(replicas.addresses(), 'no Service yet').toEqual([])
  const metadata = { name: 'weft-control-plane', namespace: NAMESPACE }
  state.setService(`${NAMESPACE}/weft-control-plane`, { metadata, spec: { selector: { app: 'weft-control-plane' } } })
  state.setPod(`${NAMESPACE}/cp-1`, podOf('cp-1', '10.0.0.1'))
  state.setPod(`${NAMESPACE}/cp-2`, podOf('cp-2', '10.0.0.2'))
  state.setPod(`${NAMESPACE}/cp-3`, podOf('cp-3', 'fd00::3'))
  state.setPod(`${NAMESPACE}/other`, podOf('other', '10.0.0.4', { labels: {} }))

  expect(replicas.addresses()).toEqual(['10.0.0.2:15010', '[fd00::3]:15010'])
  const ended = podOf('cp-2', '10.0.0.2', { deletionTimestamp: '2026-01-01T00:00:00Z' })
  state.setPod(`${NAMESPACE}/cp-2`, { ...ended, status: { podIP: '10.0.0.2' } })
  expect(replicas.addresses()).toEqual(['[fd00::3]:15010'])
})

test('ClusterReplicas tell of changes in the namespace of the mesh alone', () => {
  const { state, replicas } = world()
  let told = 0
  const stop = replicas.onChange(() => told++)
  state.setPod('shop/a', podOf('a', '10.0.0.9', { namespace: 'shop' }))
  expect(told).toBe(0)
  state.setPod(`${NAMESPACE}/cp-2`, podOf('cp-2', '10.0.0.2'))
  expect(told).toBe(1)

  stop()
  state.setPod(`${NAMESPACE}/cp-2`, null)
  expect(told).toBe(1)
})
