import { afterAll, beforeAll, expect, test } from 'vitest'
import { apply, eventually, execIn, field, kubectl, rolledOut } from './harness/cluster.ts'
import { LinkCapture } from './harness/link-capture.ts'
import { describeMesh, enrolled, MESH } from './harness/mesh.ts'
import { inAgentFiles, onNode, writeOnNode } from './harness/node-files.ts'
import { BOX, deployment, manifest, namespace, podSpec, SAMPLES, service, type Manifest } from './harness/objects.ts'
import { TAG } from './harness/place.ts'
import { weftCheck } from './harness/weft.ts'
import { Witness } from './harness/witness.ts'

const NS = 'broken'
const NODE = 2
const CONFLIST = '/etc/cni/net.d/10-bridge.conflist'
const STATE = '/var/lib/weft/agent'
const OTHER_PLUGIN = '/opt/cni/bin/istio-cni'
/** What a plugin of the chain that changes nothing does: hands on what those before it made. */
const otherPlugin = `#!${process.execPath}
const { cniVersion, prevResult } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'))
if (process.env.CNI_COMMAND === 'VERSION') console.log(JSON.stringify({ cniVersion, supportedVersions: [cniVersion] }))
if (process.env.CNI_COMMAND === 'ADD') console.log(JSON.stringify(prevResult))
`
const ours = /,\n {4}\{"type":"weft-cni"[^}]*\}/

/** A node that is not as it should be says so in one check, and its pods are never worse off than refused. */
describeMesh('a broken node', () => {
  let witness: Witness
  /** The configuration of the node's network without the mesh. */
  let plain: string
  let url: string

  beforeAll(async () => {
    witness = await Witness.call('beside-node-faults')
    await apply(
      manifest(
        namespace(NS),
        ...[1, 2].flatMap((node) => {
          const server = { image: SAMPLES, args: ['catalog.js'], port: 8080, readyPath: '/', node: `node${node}` }
          return [deployment(NS, `served${node}`, server), service(NS, `served${node}`, 8080)]
        }),
        deployment(NS, 'client', { image: BOX, command: ['sleep', '1000000'], node: 'node1' }),
      ),
    )
    for (const name of ['served1', 'served2', 'client']) await rolledOut(NS, `deploy/${name}`)
    await enrolled(NS)
    plain = (await onNode(NODE, `cat ${CONFLIST}`)).replace(ours, '')
    url = `http://${await kubectl('-n', NS, 'get', 'pods', '-l', 'app=served1', '-o', 'jsonpath={.items[0].status.podIP}')}:8080/`
  })

  afterAll(async () => {
    await kubectl('delete', 'namespace', NS, '--wait=false')
    await witness.leave()
  })

  /** Asks with its first instruction, again and again, until it is answered. */
  const hurry = (name: string): Manifest => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: NS },
    spec: {
      ...podSpec(name, {
        image: BOX,
        command: ['sh', '-c', `until wget -qO- ${url}; do :; done`],
        node: `node${NODE}`,
      }),
      restartPolicy: 'Never',
    },
  })
  /** Starts pods on the node, waits until they were answered, and gives back what they sent in plaintext. */
  async function plaintextOf(...names: readonly string[]): Promise<string[]> {
    const link = await LinkCapture.start(`node${NODE}`)
    try {
      await apply(manifest(...names.map(hurry)))
      const pods = names.map((name) => `pod/${name}`)
      await kubectl('-n', NS, 'wait', '--for=jsonpath={.status.phase}=Succeeded', ...pods, '--timeout=60s')
      await link.stop()
      const plaintext = await link.plaintext()
      if (plaintext.length === 0) expect(await link.tunnelled()).toBeGreaterThan(0)
      return plaintext
    } finally {
      link.dispose()
    }
  }
  const chained = (): Promise<string[]> =>
    onNode(NODE, `cat ${CONFLIST}`).then((text) =>
      (JSON.parse(text) as { plugins: { type: string }[] }).plugins.map(({ type }) => type),
    )
  const isOk = (id: string): Promise<void> =>
    eventually(`${id} holds`, async () => expect((await weftCheck()).get(id)?.result).toBe('ok'))

  test("another mesh's CNI plugin in the chain: it stays octet by octet, ours behind it, and a check warns", async () => {
    await witness.undisturbed(async () => {
      const { plugins, ...rest } = JSON.parse(plain) as { plugins: unknown[] }
      // As nobody's program would write it.
      const foreign = `${JSON.stringify({ ...rest, plugins }).replace(/\]\}$/, '')} ,\n\t{ "type" :"istio-cni", "k": [ "}]" ] }\n ] }\n`
      await writeOnNode(NODE, OTHER_PLUGIN, otherPlugin, '755')
      await writeOnNode(NODE, CONFLIST, foreign)

      await eventually('ours is behind it', async () =>
        expect(await chained()).toEqual(['bridge', 'istio-cni', 'weft-cni']),
      )
      expect((await onNode(NODE, `cat ${CONFLIST}`)).replace(ours, '')).toBe(foreign)
      expect(await plaintextOf('beside-another')).toEqual([])
      await eventually('a check warns', async () =>
        expect((await weftCheck()).get('mesh-cni-plugins')).toMatchObject({
          result: 'warning',
          found: `node${NODE}: istio-cni`,
        }),
      )
      const before = await weftCheck('--pre', '--image', `weft/agent:${TAG}`)
      expect(before.get('cluster-cni-plugins')).toMatchObject({ result: 'warning', found: `node${NODE}: istio-cni` })
      for (const id of ['cluster-btf', 'cluster-cgroup2', 'cluster-cni'])
        expect(before.get(id), id).toMatchObject({ result: 'ok' })

      await writeOnNode(NODE, CONFLIST, plain)
      await eventually('ours is behind the one that is left', async () =>
        expect(await chained()).toEqual(['bridge', 'weft-cni']),
      )
      await onNode(NODE, `rm ${OTHER_PLUGIN}`)
      await isOk('mesh-cni-plugins')
    })
  })

  test('a CNI directory that is read-only: a check names it, and pods that CNI does not ask for send no plaintext', async () => {
    await witness.undisturbed(async () => {
      await inAgentFiles(NODE, 'mount', '-o', 'remount,bind,ro', '/etc/cni/net.d')
      await writeOnNode(NODE, CONFLIST, plain)

      await eventually('a check says so', async () => {
        const check = (await weftCheck()).get('mesh-cni')
        expect(check).toMatchObject({ result: 'failed', found: expect.stringContaining(`node${NODE}: `) })
        expect(check!.found).toMatch(/"\/etc\/cni\/net\.d\S*" cannot be written \(EROFS\)/)
      })
      expect(await chained(), 'it could not be mended').toEqual(['bridge'])
      expect(await plaintextOf('unasked-1', 'unasked-2', 'unasked-3')).toEqual([])
    })

    await inAgentFiles(NODE, 'mount', '-o', 'remount,bind,rw', '/etc/cni/net.d')
    await eventually('it mends itself', async () => expect(await chained()).toEqual(['bridge', 'weft-cni']))
    await isOk('mesh-cni')
  })

  test('a full disk: traffic and changes go on from memory, it is told once, and written when there is room', async () => {
    const deny = (name: string): Manifest => ({
      apiVersion: 'weft.dev/v1alpha1',
      kind: 'AuthorizationPolicy',
      metadata: { name, namespace: NS },
      spec: {
        action: 'DENY',
        targetRefs: [{ kind: 'Service', name: 'served2' }],
        rules: [{ to: [{ paths: [`/${name}`] }] }],
      },
    })
    const denied = (name: string): Promise<void> =>
      eventually(`${name} is in force`, async () => {
        const asked = execIn(NS, 'deploy/client', 'timeout', '5', 'wget', '-qO-', `http://served2:8080/${name}`)
        await expect(asked).rejects.toThrow('403')
      })
    const snapshot = (): Promise<string> => inAgentFiles(NODE, 'cat', `${STATE}/snapshot.json`)
    const ofNode = ['-l', 'app.kubernetes.io/name=weft-agent', '--field-selector', `spec.nodeName=node${NODE}`]
    const agent = (await kubectl('-n', MESH, 'get', 'pods', ...ofNode, '-o', 'name')).trim()

    await inAgentFiles(NODE, 'mount', '-t', 'tmpfs', '-o', 'size=1m,mode=700', 'weft-test', STATE)
    try {
      await witness.undisturbed(async () => {
        await apply(manifest(deny('first')))
        await denied('first')
        await eventually('it is saved', async () => expect(await snapshot()).toContain(`${NS}/first`))
        await inAgentFiles(NODE, 'dd', 'if=/dev/zero', `of=${STATE}/filler`, 'bs=4k').catch(() => '')
        const since = new Date().toISOString()

        await apply(manifest(deny('second')))
        await denied('second')
        await eventually('a check says so', async () =>
          expect((await weftCheck()).get('mesh-disk')).toMatchObject({
            result: 'failed',
            found: expect.stringMatching(new RegExp(`node${NODE}: Cannot write ${STATE}/snapshot\\.json: ENOSPC`)),
          }),
        )
        await apply(manifest(deny('third')))
        await denied('third')
        const said = await kubectl('-n', MESH, 'logs', agent, `--since-time=${since}`)
        expect(said.split('\n').filter((line) => line.includes('cannot save snapshot')).length, 'once').toBe(1)
        const kept = await snapshot()
        expect(JSON.parse(kept), 'whole').toMatchObject({ format: 1 })
        expect(kept).toContain(`${NS}/first`)
        expect(kept).not.toContain(`${NS}/second`)

        await inAgentFiles(NODE, 'rm', `${STATE}/filler`)
        await eventually('it is saved by itself', async () => expect(await snapshot()).toContain(`${NS}/third`))
        await isOk('mesh-disk')
      })
    } finally {
      await inAgentFiles(NODE, 'umount', STATE)
    }
  })

  test('a clock that is off: a check names the node and by how much', async () => {
    // As the kubelet of a node would write it whose clock is ten minutes behind; ours puts it right within ten seconds.
    await eventually('a check says so', async () => {
      const renewTime = new Date(Date.now() - 600_000).toISOString().replace('Z', '000Z')
      const patch = JSON.stringify({ spec: { renewTime } })
      await kubectl('-n', 'kube-node-lease', 'patch', 'lease', `node${NODE}`, '--type=merge', '-p', patch)
      expect((await weftCheck()).get('cluster-clocks')).toMatchObject({
        result: 'failed',
        found: expect.stringMatching(new RegExp(`^node${NODE} is (59[5-9]|60\\d) s behind$`)),
      })
    })
    await isOk('cluster-clocks')
    expect(await field(NS, 'deploy/client', '.status.readyReplicas')).toBe('1')
  })
})
