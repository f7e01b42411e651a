import { afterAll, beforeAll, beforeEach } from 'vitest'
import { systemClock, systemRandom } from '@weft/host'
import { type KubernetesClient, resourcePath } from '@weft/kubernetes'
import { RealApiServer } from '@weft/kubernetes/testing'
import { silentLogger } from '@weft/telemetry'
import { needs } from '@weft/tools/testing'
import { storeContract } from '../testing/store-contract.ts'
import { KubernetesStore } from './kubernetes-store.ts'
import { installCrds } from './testing/install-crds.ts'

needs('kube-apiserver')('a real API server', () => {
  let api: RealApiServer
  let client: KubernetesClient
  beforeAll(async () => {
    api = await RealApiServer.start()
    client = await api.client()
    await installCrds(client)
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'weft-system' } }
    await client.create(resourcePath('v1', 'namespaces'), namespace)
  })
  afterAll(() => api[Symbol.asyncDispose]())
  beforeEach(async () => {
    for (const path of [
      resourcePath('weft.dev/v1alpha1', 'trafficpolicies', 'default'),
      resourcePath('v1', 'configmaps', 'weft-system'),
      resourcePath('apps/v1', 'controllerrevisions', 'weft-system'),
    ])
      await client.send({ method: 'DELETE', path })
  })

  storeContract('KubernetesStore', async () => {
    const store = new KubernetesStore(client, { namespace: 'weft-system' }, systemClock, systemRandom, silentLogger)
    await store.start()
    return store
  })
})
