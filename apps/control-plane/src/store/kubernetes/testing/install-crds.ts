import { vi } from 'vitest'
import { type KubernetesClient, type KubernetesObject, resourcePath } from '@weft/kubernetes'
import { customResourceDefinitions } from '@weft/resources'

/** Installs the kinds of ours into a real API server, and waits until it serves them. */
export async function installCrds(client: KubernetesClient): Promise<void> {
  for (const definition of customResourceDefinitions()) {
    const path = resourcePath('apiextensions.k8s.io/v1', 'customresourcedefinitions', '', definition.metadata.name)
    await client.apply(path, definition as unknown as KubernetesObject, { fieldManager: 'test', force: true })
  }
  await vi.waitFor(
    async () => {
      await client.list(resourcePath('weft.dev/v1alpha1', 'trafficpolicies'))
      await client.list(resourcePath('weft.dev/v1alpha1', 'authorizationpolicies'))
    },
    { timeout: 20_000, interval: 50 },
  )
}
