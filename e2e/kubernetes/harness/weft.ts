import { join } from 'node:path'
import { cluster } from './cluster.ts'
import { MESH } from './mesh.ts'
import { repositoryRoot } from './place.ts'

const main = join(repositoryRoot, 'apps/cli/src/main.ts')

/** What a check of `weft check` came to. */
export interface Finding {
  readonly result: 'ok' | 'warning' | 'failed'
  readonly found: string
  readonly hint: string
}

/** What `weft` prints, as whoever has the cluster's kubeconfig runs it. Rejects with what it says when it fails. */
export function weft(...words: readonly string[]): Promise<string> {
  return cluster('run', process.execPath, main, ...words, '--weft-namespace', MESH)
}

/** The findings of `weft check`, by id; that some failed is no failure here. */
export async function weftCheck(...words: readonly string[]): Promise<ReadonlyMap<string, Finding>> {
  const text = await weft('check', ...words, '-o', 'json').catch((error: unknown) => {
    const { cause } = error as { cause?: { code?: number; stdout?: string } }
    if (cause?.code !== FAILED_EXIT_CODE) throw error
    return cause.stdout ?? ''
  })
  const { checks } = JSON.parse(text) as { checks: readonly (Finding & { readonly id: string })[] }
  return new Map(checks.map((finding) => [finding.id, finding]))
}

const FAILED_EXIT_CODE = 6
