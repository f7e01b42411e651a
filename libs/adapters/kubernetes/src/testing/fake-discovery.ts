import type { FakeKind } from './fake-kinds.ts'
import { FakeRefusal } from './fake-refusal.ts'

/** What is served: `/api/v1`, `/apis/GROUP`, `/apis/GROUP/VERSION`; null for other paths. */
export function discoveryAnswer(path: string, kinds: readonly FakeKind[]): unknown {
  const [root, ...steps] = path.split('/').slice(1)
  const isGroup = root === 'apis' && steps.length === 1
  const isVersion = (root === 'api' && steps.length === 1) || (root === 'apis' && steps.length === 2)
  const name = steps.join('/')
  const found = kinds.filter(({ apiVersion }) => (isGroup ? apiVersion.startsWith(`${name}/`) : apiVersion === name))
  if (!isGroup && !isVersion) return null
  if (found.length === 0) throw new FakeRefusal(404, 'NotFound', 'the server could not find the requested resource')
  if (isGroup) {
    const versions = [...new Set(found.map(({ apiVersion }) => apiVersion.split('/')[1]!))]
    return {
      kind: 'APIGroup',
      name,
      versions: versions.map((version) => ({ groupVersion: `${name}/${version}`, version })),
    }
  }
  const resources = found.map(({ plural, kind, isNamespaced }) => ({ name: plural, kind, namespaced: isNamespaced }))
  return { kind: 'APIResourceList', groupVersion: name, resources }
}
