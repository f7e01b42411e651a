import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apply, cluster, eventually, execIn, field, kubectl, rolledOut } from './harness/cluster.ts'
import { LinkCapture } from './harness/link-capture.ts'
import { describeMesh, enrolled, MESH, parts } from './harness/mesh.ts'
import { onNode } from './harness/node-files.ts'
import { BOX, deployment, manifest, namespace, service } from './harness/objects.ts'
import { repositoryRoot, TAG } from './harness/place.ts'
import { weft } from './harness/weft.ts'

const NS = 'stays'
const SECRET = 'plain-again'
const serve = `mkdir /www && echo ${SECRET} >/www/index.html && exec httpd -f -p 8080 -h /www`
const chart = join(repositoryRoot, 'deploy/helm/weft')
const policy = {
  apiVersion: 'weft.dev/v1alpha1',
  kind: 'AuthorizationPolicy',
  metadata: { name: 'no-admin', namespace: NS },
  spec: { action: 'DENY', rules: [{ to: [{ paths: ['/admin/*'] }] }] },
}
const POLICY = 'authorizationpolicies.weft.dev/no-admin'

/** The last suite: when it is over there is no mesh. */
describeMesh('upgrade and removal', () => {
  let before: string

  beforeAll(async () => {
    await apply(
      manifest(
        namespace(NS),
        deployment(NS, 'web', { image: BOX, command: ['sh', '-c', serve], port: 8080, readyPath: '/', node: 'node2' }),
        service(NS, 'web', 8080),
        deployment(NS, 'client', { image: BOX, command: ['sleep', '1000000'], node: 'node1' }),
        policy,
      ),
    )
    for (const name of ['web', 'client']) await rolledOut(NS, `deploy/${name}`)
    await enrolled(NS)
    before = await podsOf()
    await inForce()
  })

  afterAll(() => kubectl('delete', 'namespace', NS, '--wait=false'))

  const fetched = (path = '/'): Promise<string> =>
    execIn(NS, 'deploy/client', 'timeout', '5', 'wget', '-qO-', `http://web:8080${path}`)
  /** Pods with how often they were started. */
  const podsOf = (): Promise<string> => {
    const lines = '{range .items[*]}{.metadata.uid} {.status.containerStatuses[*].restartCount}{"\\n"}{end}'
    return kubectl('-n', NS, 'get', 'pods', '-o', `jsonpath=${lines}`)
  }
  const inForce = (): Promise<void> =>
    eventually('the policy is in force, and all else served', async () => {
      expect(await fetched()).toBe(`${SECRET}\n`)
      await expect(fetched('/admin/')).rejects.toThrow('403')
    })
  /** What crosses the link when the client asks: whether it could be read. */
  async function isReadable(): Promise<boolean> {
    const link = await LinkCapture.start('node1')
    try {
      await eventually('it is served', async () => expect(await fetched()).toBe(`${SECRET}\n`))
      await link.stop()
      return link.saw(SECRET)
    } finally {
      link.dispose()
    }
  }

  test('an upgrade keeps resources, the root and pods, and what is in force', async () => {
    const uid = await field(NS, POLICY, '.metadata.uid')
    const roots = await field(MESH, 'configmap/weft-roots', '.data')

    await helm('upgrade', 'weft', chart, '--set', `image.tag=${TAG}`, '--set', 'logLevel=debug')
    for (const part of parts) await rolledOut(MESH, part)

    expect(await field(NS, POLICY, '.metadata.uid')).toBe(uid)
    expect(await field(MESH, 'configmap/weft-roots', '.data')).toBe(roots)
    await enrolled(NS)
    await inForce()
    expect(await podsOf()).toBe(before)
    expect(await isReadable()).toBe(false)
  })

  test('helm uninstall leaves nothing but what it should; pods go on, in plaintext', async () => {
    await helm('uninstall', 'weft', '--wait')

    await leavesNothing(['configmap/kube-root-ca.crt', 'serviceaccount/default'])
    expect(await isReadable(), 'without a mesh').toBe(true)
    expect(await podsOf()).toBe(before)
    expect(await field(NS, POLICY, '.metadata.name'), 'resources stay').toBe('no-admin')
    await kubectl('-n', NS, 'scale', 'deploy/client', '--replicas=2')
    await rolledOut(NS, 'deploy/client', 30)
    await kubectl('-n', NS, 'scale', 'deploy/client', '--replicas=1')
  })

  test('weft install brings it back, policies in force, and kubectl delete takes it out with them', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'weft-install-'))
    try {
      const file = join(dir, 'weft.yaml')
      writeFileSync(file, await weft('install', '--set', `image.tag=${TAG}`))
      await kubectl('apply', '--server-side', '--force-conflicts', '-f', file)
      for (const part of parts) await rolledOut(MESH, part)
      await enrolled(NS)
      await inForce()
      expect(await isReadable()).toBe(false)

      await kubectl('delete', '-f', file, '--timeout=90s')
      await leavesNothing([])
      expect(await kubectl('get', 'crd', '-o', 'name')).not.toContain('weft.dev')
      expect(await isReadable(), 'without a mesh').toBe(true)
    } finally {
      rmSync(dir, { recursive: true })
    }
  })
})

const helm = (...words: readonly string[]): Promise<string> => cluster('run', 'helm', '-n', MESH, ...words)

/** Neither the cluster nor its nodes have anything of the mesh; in its namespace is only `expected`. */
async function leavesNothing(expected: readonly string[]): Promise<void> {
  await eventually(
    'nothing is left',
    async () => {
      const kinds =
        'all,secrets,configmaps,leases,roles,rolebindings,serviceaccounts,poddisruptionbudgets,endpointslices'
      const namespaced = await kubectl('-n', MESH, 'get', kinds, '-o', 'name')
      expect(namespaced.split('\n').filter((line) => line !== '')).toEqual(expected)
      const global =
        'clusterroles,clusterrolebindings,priorityclasses,validatingwebhookconfigurations,mutatingwebhookconfigurations'
      expect((await kubectl('get', global, '-o', 'name')).match(/^.*weft.*$/gm) ?? []).toEqual([])
      for (const node of [1, 2]) expect(await onNode(node, leftovers), `node${node}`).toBe('')
    },
    60_000,
  )
}

/** Prints whatever of the mesh a node has. */
const leftovers = `ls -d /var/lib/weft /run/weft /opt/cni/bin/weft-cni /sys/fs/bpf/weft 2>/dev/null
grep -l weft /etc/cni/net.d/* 2>/dev/null
find /etc/cni/net.d /opt/cni/bin -name '.*.draft'
true`
