import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apply, eventually, execIn, field, kubectl, rolledOut } from './harness/cluster.ts'
import { enrolled, hasMesh } from './harness/mesh.ts'
import { onNode } from './harness/node-files.ts'
import { BOX, configMap, deployment, manifest, namespace, SAMPLES, service, type Manifest } from './harness/objects.ts'

const NS = 'rules'
/** Where traffic between pods arrives: at the port of the program, or in tunnels of the mesh. */
const TUNNEL_PORT = hasMesh ? 15008 : 8080

/** Answers reviews: adds a key to the data of a ConfigMap, and refuses one with the key `forbidden`. */
const webhook = `
const { readFileSync } = require('node:fs')
const tls = { key: readFileSync('/tls/tls.key'), cert: readFileSync('/tls/tls.crt') }
require('node:https').createServer(tls, (request, response) => {
  let text = ''
  request.on('data', (chunk) => (text += chunk)).on('end', () => {
    const { uid, object } = JSON.parse(text).request
    const patch = Buffer.from(JSON.stringify([{ op: 'add', path: '/data/touched', value: 'yes' }])).toString('base64')
    const mutation = { allowed: true, patchType: 'JSONPatch', patch }
    const verdict = { allowed: object.data.forbidden === undefined, status: { message: 'the webhook says no' } }
    response.setHeader('content-type', 'application/json')
    const answer = { uid, ...(request.url.startsWith('/mutate') ? mutation : verdict) }
    response.end(JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response: answer }))
  })
}).listen(8443)
`

/** What a cluster's own means promise, with pods that are in the mesh. */
describe('rules of the cluster', () => {
  beforeAll(async () => {
    const sleep = { image: BOX, command: ['sleep', '1000000'], node: 'node1' }
    const serve = ['sh', '-c', 'mkdir /www && echo web >/www/index.html && exec httpd -f -p 8080 -h /www']
    const { key, certificate } = selfSigned(`hook.${NS}.svc`)
    const data = { 'tls.key': btoa(key), 'tls.crt': btoa(certificate) }
    const tls = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'tls', namespace: NS }, data }
    await apply(
      manifest(
        namespace(NS),
        tls,
        deployment(NS, 'web', { image: BOX, command: serve, port: 8080, readyPath: '/', node: 'node2' }),
        service(NS, 'web', 8080),
        deployment(NS, 'friend', sleep),
        deployment(NS, 'stranger', sleep),
        deployment(NS, 'hook', {
          image: SAMPLES,
          node: 'node2',
          port: 8443,
          podMore: { volumes: [{ name: 'tls', secret: { secretName: 'tls' } }] },
          more: { command: ['/usr/bin/node', '-e', webhook], volumeMounts: [{ name: 'tls', mountPath: '/tls' }] },
        }),
        service(NS, 'hook', 443, 8443),
        ...webhookConfigurations(btoa(certificate)),
      ),
    )
    for (const name of ['web', 'friend', 'stranger', 'hook']) await rolledOut(NS, `deploy/${name}`)
    await enrolled(NS)
  })

  afterAll(async () => {
    const both = ['validatingwebhookconfiguration/weft-test', 'mutatingwebhookconfiguration/weft-test']
    await kubectl('delete', ...both, '--ignore-not-found')
    await kubectl('delete', 'namespace', NS, '--wait=false')
  })

  test('admission webhooks in a pod are called by the API server, to change and to refuse', async () => {
    const reviewed = (name: string, data: Record<string, string>): Manifest => {
      const made = configMap(NS, name, data)
      return { ...made, metadata: { name, namespace: NS, labels: { 'weft-test': 'reviewed' } } }
    }
    await eventually('one is let in', () => apply(manifest(reviewed('good', { a: 'b' }))))

    expect(await field(NS, 'configmap/good', '.data.touched')).toBe('yes')
    await expect(apply(manifest(reviewed('bad', { forbidden: 'x' })))).rejects.toThrow('the webhook says no')
  })

  describe('a NetworkPolicy, enforced as an implementation does it: by addresses of pods and ports, at the node', () => {
    const answers = async (from: string): Promise<boolean> => {
      const asked = execIn(NS, `deploy/${from}`, 'timeout', '3', 'wget', '-qO-', 'http://web:8080/')
      return asked.then(
        (text) => text === 'web\n',
        () => false,
      )
    }
    const addressOf = (app: string): Promise<string> =>
      kubectl('-n', NS, 'get', 'pods', '-l', `app=${app}`, '-o', 'jsonpath={.items[0].status.podIP}')
    /** Whoever may reach the pod, and where; everything else that comes to it across the node is dropped. */
    async function enforce(from: string, port: number): Promise<void> {
      const [web, friend] = await Promise.all([addressOf('web'), addressOf(from)])
      const rules = [
        'table ip weft_test',
        'delete table ip weft_test',
        'table ip weft_test {',
        'chain forward {',
        'type filter hook forward priority 0; policy accept;',
        `ip daddr ${web} ip saddr ${friend} tcp dport ${port} accept`,
        `ip daddr ${web} drop`,
        '}',
        '}',
      ]
      await onNode(2, `printf '%s\\n' ${rules.map((rule) => `'${rule}'`).join(' ')} | nft -f -`)
    }

    afterAll(() => onNode(2, 'nft delete table ip weft_test'))

    test('lets in whom it allows, by the address of its own pod, and nobody else', async () => {
      expect([await answers('friend'), await answers('stranger')]).toEqual([true, true])

      await enforce('friend', TUNNEL_PORT)
      expect([await answers('friend'), await answers('stranger')]).toEqual([true, false])

      await enforce('stranger', TUNNEL_PORT)
      expect([await answers('friend'), await answers('stranger')]).toEqual([false, true])
    })

    test('that names ports must name 15008, at which traffic of the mesh comes in', async () => {
      await enforce('friend', hasMesh ? 8080 : 15008)
      expect(await answers('friend')).toBe(false)

      await enforce('friend', TUNNEL_PORT)
      await eventually('it is reached again', async () => expect(await answers('friend')).toBe(true))
    })
  })
})

function webhookConfigurations(caBundle: string): Manifest[] {
  const hook = (path: string): Manifest => ({
    name: `${path}.weft.test`,
    clientConfig: { service: { namespace: NS, name: 'hook', path: `/${path}` }, caBundle },
    objectSelector: { matchLabels: { 'weft-test': 'reviewed' } },
    rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }],
    failurePolicy: 'Fail',
    sideEffects: 'None',
    timeoutSeconds: 5,
    admissionReviewVersions: ['v1'],
  })
  const configuration = (kind: string, path: string): Manifest => ({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: `${kind}WebhookConfiguration`,
    metadata: { name: 'weft-test' },
    webhooks: [hook(path)],
  })
  return [configuration('Validating', 'validate'), configuration('Mutating', 'mutate')]
}

function selfSigned(name: string): { key: string; certificate: string } {
  const dir = mkdtempSync(join(tmpdir(), 'weft-webhook-'))
  try {
    const files = ['-keyout', join(dir, 'key'), '-out', join(dir, 'certificate')]
    const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`]
    const words = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1']
    execFileSync('openssl', [...words, ...names, ...files], { stdio: 'ignore' })
    return { key: readFileSync(join(dir, 'key'), 'utf8'), certificate: readFileSync(join(dir, 'certificate'), 'utf8') }
  } finally {
    rmSync(dir, { recursive: true })
  }
}
