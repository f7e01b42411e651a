import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { kubectl } from './cluster.ts'
import { repositoryRoot } from './place.ts'

const MODULE = 'sigs.k8s.io/gateway-api'

/** Installs the custom resources of the Gateway API, which a cluster has or has not and no mesh brings, from their Go module. */
export async function gatewayApi(): Promise<void> {
  const cwd = join(repositoryRoot, 'e2e/cluster/build/gateway-api')
  execFileSync('go', ['mod', 'download', MODULE], { cwd })
  const dir = execFileSync('go', ['list', '-m', '-f', '{{.Dir}}', MODULE], { cwd, encoding: 'utf8' }).trim()
  await kubectl('apply', '--server-side', '--force-conflicts', '-f', join(dir, 'config/crd/standard'))
}
