import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apply, cluster, eventually, execIn, kubectl, rolledOut } from './harness/cluster.ts'
import { gatewayApi } from './harness/gateway-api.ts'
import { describeMesh, enrolled } from './harness/mesh.ts'
import { BOX, deployment, manifest, namespace, SAMPLES, service, type Manifest } from './harness/objects.ts'
import { repositoryRoot } from './harness/place.ts'
import { outcomesSince } from './harness/shop.ts'
import { weftCheck } from './harness/weft.ts'
import { Witness } from './harness/witness.ts'

const NS = 'faults'
const DOOMED = 'doomed'
const policyCrd = join(repositoryRoot, 'deploy/helm/weft/files/crds/weft.dev_authorizationpolicies.yaml')
/** As the definition of an earlier version may have been: it knows no field. */
const looseSchema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }

const policy = (name: string, spec: unknown): Manifest => ({
  apiVersion: 'weft.dev/v1alpha1',
  kind: 'AuthorizationPolicy',
  metadata: { name, namespace: NS },
  spec,
})
const route = (name: string, parent: string, rules: readonly Manifest[]): Manifest => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name, namespace: NS },
  spec: { parentRefs: [{ group: '', kind: 'Service', name: parent }], rules },
})
/** `TYPE STATUS REASON: MESSAGE` of each condition that the mesh wrote, one a line. */
async function conditions(object: string): Promise<string> {
  const { status = {} } = JSON.parse(await kubectl('-n', NS, 'get', object, '-o', 'json')) as Told
  const all = [...(status.conditions ?? []), ...(status.parents ?? []).flatMap((parent) => parent.conditions ?? [])]
  return all.map(({ type, status: is, reason, message }) => `${type} ${is} ${reason}: ${message}`).join('\n')
}
/** The whole reply of an HTTP server. */
const asked = (host: string, path = '/'): Promise<string> => {
  const request = `GET ${path} HTTP/1.1\\r\\nHost: ${host}\\r\\nConnection: close\\r\\n\\r\\n`
  return execIn(NS, 'deploy/client', 'sh', '-c', `printf '${request}' | timeout 5 nc ${host} 8080`)
}

/** Each is told clearly, by object and field, and costs those who have nothing to do with it no call. */
describeMesh('bad input', () => {
  let witness: Witness

  beforeAll(async () => {
    await gatewayApi()
    witness = await Witness.call('beside-faults')
    const version = (name: string): Manifest =>
      deployment(NS, name, { image: SAMPLES, args: ['catalog.js'], env: { VERSION: name }, port: 8080, readyPath: '/' })
    await apply(
      manifest(
        namespace(NS),
        version('v1'),
        version('v2'),
        service(NS, 'v1', 8080),
        service(NS, 'v2', 8080),
        ...['missing', 'rivals'].map((name) => service(NS, name, 8080, 8080, { selector: { app: 'v1' } })),
        deployment(NS, 'client', { image: BOX, command: ['sleep', '1000000'], node: 'node1' }),
      ),
    )
    for (const name of ['v1', 'v2', 'client']) await rolledOut(NS, `deploy/${name}`)
    await enrolled(NS)
  })

  afterAll(async () => {
    await kubectl('delete', 'namespace', NS, '--wait=false')
    await witness.leave()
  })

  test.each<[string, unknown, RegExp]>([
    ['a word that is none of the known ones', { action: 'PERMIT' }, /spec\.action: .*"PERMIT".*"ALLOW", "DENY"/],
    ['a DENY that denies nothing', { action: 'DENY' }, /spec\.rules: .*expected at least one with action DENY/],
    [
      'a path of the wrong shape',
      { action: 'ALLOW', rules: [{ to: [{ paths: ['admin'] }] }] },
      /rules\[0\]\.to\[0\]\.paths\[0\]/,
    ],
    ['a field that there is not', { action: 'ALLOW', rule: [] }, /AuthorizationPolicy\.spec\): unknown field "rule"/],
    [
      'two kinds of targets',
      { action: 'ALLOW', targetRefs: [{ kind: 'Service', name: 'v1' }], selector: { matchLabels: { app: 'v1' } } },
      /spec\.selector: .*found beside targetRefs, expected one of the two/,
    ],
  ])('the API server refuses a policy with %s', async (_what, spec, message) => {
    await expect(apply(manifest(policy('bad', spec)))).rejects.toThrow(message)
  })

  test('a policy that an older definition let through says what is wrong, and refuses what it is about alone', async () => {
    const loosen = [{ op: 'replace', path: '/spec/versions/0/schema', value: looseSchema }]
    const crd = 'authorizationpolicies.weft.dev'
    await kubectl('patch', 'crd', crd, '--type=json', '-p', JSON.stringify(loosen))
    try {
      await witness.undisturbed(async () => {
        const targetRefs = [{ kind: 'Service', name: 'v2' }]
        await eventually('it is let through', () => apply(manifest(policy('old', { action: 'PERMIT', targetRefs }))))

        await eventually('it says what is wrong', async () => {
          const said = await conditions('authorizationpolicies.weft.dev/old')
          expect(said).toMatch(/^Accepted False Invalid: .*spec\.action.*"PERMIT".*ALLOW/m)
        })
        await eventually('what it is about is refused', async () => expect(await asked('v2')).toMatch(/^HTTP\/1.1 403/))
        expect(await asked('v1')).toMatch(/^HTTP\/1.1 200/)
        const check = (await weftCheck()).get('mesh-policies')
        expect(check).toMatchObject({
          result: 'failed',
          found: expect.stringContaining(`AuthorizationPolicy/${NS}/old`),
        })
      })
    } finally {
      await kubectl('-n', NS, 'delete', 'authorizationpolicies.weft.dev', 'old', '--ignore-not-found')
      // As whoever installed it, or the next upgrade would find two owners.
      const owner = ['--field-manager=helm', '--force-conflicts']
      await kubectl('apply', '--server-side', ...owner, '-f', policyCrd)
    }
    await eventually('it is let in again', async () => expect(await asked('v2')).toMatch(/^HTTP\/1.1 200/))
  })

  test('a route to a Service and a port that are not there: told by field, answered 500, all else goes on', async () => {
    expect(await asked('missing')).toContain('"version":"v1"')
    await witness.undisturbed(async () => {
      const match = (value: string): Manifest[] => [{ path: { type: 'PathPrefix', value } }]
      await apply(
        manifest(
          route('missing', 'missing', [
            { matches: match('/service'), backendRefs: [{ name: 'nobody', port: 8080 }] },
            { matches: match('/port'), backendRefs: [{ name: 'v1', port: 8181 }] },
            { matches: match('/'), backendRefs: [{ name: 'v2', port: 8080 }] },
          ]),
        ),
      )

      await eventually('it says what is missing', async () => {
        const said = await conditions('httproute/missing')
        expect(said).toMatch(/^Accepted True Accepted:/m)
        expect(said).toMatch(
          /^ResolvedRefs False BackendNotFound: .*spec\.rules\[0\]\.backendRefs\[0\]: .*faults\/nobody/m,
        )
        expect(said).toMatch(/spec\.rules\[1\]\.backendRefs\[0\]: .*8181/)
      })
      await eventually('the rule that is whole is in force', async () =>
        expect(await asked('missing')).toContain('"version":"v2"'),
      )
      for (const [index, path] of ['/service', '/port'].entries()) {
        const reply = await asked('missing', path)
        expect(reply).toMatch(/^HTTP\/1.1 500/)
        const reason = JSON.parse(/^weft-reason: (.*)$/im.exec(reply)![1]!) as object
        expect(reason).toMatchObject({ code: 'backend_invalid', rule: `HTTPRoute/${NS}/missing#${index}` })
      }
      const check = (await weftCheck()).get('mesh-routes')
      expect(check).toMatchObject({ result: 'warning', found: expect.stringContaining(`HTTPRoute/${NS}/missing`) })
    })
  })

  test('two routes in conflict: the older one is in force, and the other one says so', async () => {
    await witness.undisturbed(async () => {
      await apply(manifest(route('older', 'rivals', [{ backendRefs: [{ name: 'v2', port: 8080 }] }])))
      await eventually('the first is in force', async () => expect(await asked('rivals')).toContain('"version":"v2"'))
      // Time in metadata bears whole seconds.
      await new Promise((resolve) => setTimeout(resolve, 1_100))
      await apply(manifest(route('aaa-younger', 'rivals', [{ backendRefs: [{ name: 'v1', port: 8080 }] }])))

      await eventually('the second says that it is not', async () =>
        expect(await conditions('httproute/aaa-younger')).toMatch(
          /Conflicted: .*spec\.rules\[0\].*HTTPRoute\/faults\/older/,
        ),
      )
      expect(await conditions('httproute/older')).not.toContain('Conflicted')
      for (let i = 0; i < 5; i++) expect(await asked('rivals')).toContain('"version":"v2"')

      await kubectl('-n', NS, 'delete', 'httproute', 'older')
      await eventually('it takes its place', async () => {
        expect(await asked('rivals')).toContain('"version":"v1"')
        expect(await conditions('httproute/aaa-younger')).not.toContain('Conflicted')
      })
    })
  })

  test('a namespace deleted under traffic: callers are told, agents let go of everything, nobody else notices', async () => {
    const held = await Promise.all([1, 2].map(heldBy))
    const url = 'http://served.doomed:8080'
    const caller = {
      image: SAMPLES,
      args: ['web.js'],
      env: { RATE: '10', CART_URL: url, CATALOG_URL: url },
      node: 'node1',
    }
    const server = { image: SAMPLES, args: ['catalog.js'], replicas: 2, node: 'spread', port: 8080, readyPath: '/' }
    await apply(
      manifest(
        namespace(DOOMED),
        deployment(DOOMED, 'served', server),
        service(DOOMED, 'served', 8080),
        policyOf(DOOMED),
      ),
    )
    await rolledOut(DOOMED, 'deploy/served')
    await enrolled(DOOMED)
    await apply(manifest(deployment(NS, 'web', caller)))
    await rolledOut(NS, 'deploy/web')
    await eventually('it calls', async () => {
      const recent = await outcomesSince('web', new Date(Date.now() - 2_000), NS)
      expect(recent.filter(({ status }) => status === 200).length).toBeGreaterThan(5)
    })

    await witness.undisturbed(async () => {
      const since = new Date()
      await kubectl('delete', 'namespace', DOOMED, '--timeout=60s')
      await new Promise((resolve) => setTimeout(resolve, 2_000))
      const outcomes = (await outcomesSince('web', since, NS)).filter(({ target }) => target !== 'cart-delete')
      const strange = outcomes.filter(
        ({ status, reason = '', error = '' }) =>
          status !== 200 && !(status > 399 && clear.test(reason)) && !/ENOTFOUND|EAI_AGAIN/.test(error),
      )
      const words = new Set(strange.map(({ status, reason, error }) => `${status} ${reason ?? error}`))
      process.stdout.write(`deleted under traffic: ${summary(outcomes)}\n`)
      expect([...words]).toEqual([])
      expect(outcomes.every(({ ms }) => ms < 5_000)).toBe(true)
    })
    await kubectl('-n', NS, 'delete', 'deploy', 'web', '--wait=false')
    await eventually('nothing is left on the nodes', async () => {
      const now = await Promise.all([1, 2].map(heldBy))
      // The caller is about to go as well.
      for (const [index, names] of now.entries())
        expect(names.filter((name) => !held[index]!.includes(name))).toEqual([])
    })
  })
})

/** Its pods end, it has none any more, it is gone; each is told as what it is. */
const clear = /"code":"(connect_failed|draining|no_endpoint|no_route)"/

interface Condition {
  readonly type: string
  readonly status: string
  readonly reason: string
  readonly message: string
}
interface Told {
  readonly status?: {
    readonly conditions?: readonly Condition[]
    readonly parents?: readonly { readonly conditions?: readonly Condition[] }[]
  }
}

const policyOf = (name: string): Manifest => ({
  apiVersion: 'weft.dev/v1alpha1',
  kind: 'AuthorizationPolicy',
  metadata: { name: 'anyone', namespace: name },
  spec: { action: 'ALLOW', rules: [{ from: [{ identities: ['*'] }] }] },
})

/** What the agent of a node has pinned for single pods. */
async function heldBy(node: number): Promise<string[]> {
  const script = 'cd /sys/fs/bpf/weft/agent && find cgroups pods -mindepth 1'
  return (await cluster('node', 'exec', String(node), 'sh', '-c', script)).split('\n').filter((line) => line !== '')
}

function summary(outcomes: readonly { status: number; reason?: string; error?: string }[]): string {
  const counts = new Map<string, number>()
  for (const { status, reason = '', error = '' } of outcomes) {
    const code = /"code":"(\w+)"/.exec(reason)?.[1] ?? error.slice(0, 40)
    const what = `${status} ${code}`.trim()
    counts.set(what, (counts.get(what) ?? 0) + 1)
  }
  return [...counts].map(([what, count]) => `${count} x ${what}`).join(', ')
}
