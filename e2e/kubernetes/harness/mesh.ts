import { join } from 'node:path'
import { describe } from 'vitest'
import { cluster, eventually, kubectl, rolledOut } from './cluster.ts'
import { repositoryRoot, TAG } from './place.ts'

export const MESH = 'weft-system'
/** False for the control run, in which everything goes its way without a mesh. */
export const hasMesh = process.env['WEFT_KUBERNETES_MESH'] !== 'no'

/** Suites that say what only a mesh does. */
export const describeMesh = hasMesh ? describe : describe.skip

export const parts = ['deploy/weft-ca', 'deploy/weft-control-plane', 'deploy/weft-policy', 'ds/weft-agent'] as const

/** By the chart, as a user would, with the images of this tree. Resolves when every part is ready. */
export async function installMesh(): Promise<void> {
  const chart = join(repositoryRoot, 'deploy/helm/weft')
  const values = ['--set', `image.tag=${TAG}`]
  await cluster('run', 'helm', 'upgrade', '--install', 'weft', chart, '-n', MESH, '--create-namespace', ...values)
  for (const part of parts) await rolledOut(MESH, part, 120)
}

/** Waits until each pod of a namespace says that it is in the mesh; a pod that is not says why. */
export async function enrolled(namespace: string, timeoutMs?: number): Promise<void> {
  if (!hasMesh) return
  const path =
    '{range .items[*]}{.metadata.name} {.status.conditions[?(@.type=="weft.dev/Enrolled")].status} {.status.conditions[?(@.type=="weft.dev/Enrolled")].message}{"\\n"}{end}'
  await eventually(
    `the pods of ${namespace} are enrolled`,
    async () => {
      const lines = await kubectl(
        '-n',
        namespace,
        'get',
        'pods',
        '--field-selector=status.phase=Running',
        '-o',
        `jsonpath=${path}`,
      )
      const missing = lines.split('\n').filter((line) => line !== '' && !/^\S+ True/.test(line))
      if (missing.length > 0) throw new Error(missing.join('; '))
    },
    timeoutMs,
  )
}
