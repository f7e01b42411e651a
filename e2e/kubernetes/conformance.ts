import { spawn, spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cluster } from './harness/cluster.ts'
import { gatewayApi } from './harness/gateway-api.ts'
import { installMesh } from './harness/mesh.ts'
import { imagesDir, repositoryRoot, TAG } from './harness/place.ts'

/** What is claimed of Gateway API in a mesh; a feature more here is some tests more. */
const features = [
  'Mesh',
  'HTTPRoute',
  'GRPCRoute',
  'MeshClusterIPMatching',
  'MeshConsumerRoute',
  'MeshHTTPRouteBackendRequestHeaderModification',
  'MeshHTTPRouteNamedRouteRule',
  'MeshHTTPRouteQueryParamMatching',
  'MeshHTTPRouteRedirectPath',
  'MeshHTTPRouteRedirectPort',
  'MeshHTTPRouteRewritePath',
  'MeshHTTPRouteSchemeRedirect',
  'HTTPRouteParentRefPort',
  'HTTPRouteResponseHeaderModification',
  'HTTPRoute303RedirectStatusCode',
  'HTTPRoute307RedirectStatusCode',
  'HTTPRoute308RedirectStatusCode',
]
const images = ['agent', 'control-plane', 'ca', 'policy']
const REPORT = 'docs/conformance/gateway-api-v1.6.3-mesh.yaml'

/** `npm run conformance [TEST]`: a cluster of two nodes, the mesh by its chart, the suite; its report, where all tests ran. */
async function main([test]: readonly string[]): Promise<number> {
  try {
    await cluster('build', 'kube', 'coredns', 'images', 'helm', 'conformance')
    const tool = join(repositoryRoot, 'tools/images/src/main.ts')
    const made = spawnSync(process.execPath, [tool, '--out', imagesDir, '--tag', TAG, ...images], { encoding: 'utf8' })
    if (made.status !== 0) throw new Error(`cannot make the images: ${made.stderr}`)
    await cluster('up', '--nodes', '2')
    await cluster('load', ...images.map((name) => join(imagesDir, `${name}.tar`)))
    // Before the mesh: it notices kinds that come later, but only looks for them now and then.
    await gatewayApi()
    await installMesh()
    return await runSuite(test)
  } finally {
    await cluster('down')
  }
}

function runSuite(test: string | undefined): Promise<number> {
  const tool = join(repositoryRoot, 'e2e/cluster/conformance')
  const report = test === undefined ? join(repositoryRoot, REPORT) : join(tmpdir(), 'weft-conformance.yaml')
  const only = ['--report', report, ...(test === undefined ? [] : ['--run-test', test])]
  const words = ['--features', features.join(','), '--version', 'v0.1.0', ...only, 'mesh']
  // The namespaces of the suite are in the mesh.
  const child = spawn(tool, [...words, '--', '-namespace-labels=weft.dev/mesh=enabled'], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

process.exitCode = await main(process.argv.slice(2))
