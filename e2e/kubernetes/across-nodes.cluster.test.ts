import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apply, execIn, kubectl, rolledOut } from './harness/cluster.ts'
import { LinkCapture } from './harness/link-capture.ts'
import { enrolled, hasMesh } from './harness/mesh.ts'
import { BOX, configMap, deployment, manifest, namespace, service } from './harness/objects.ts'

const NS = 'across'
const SECRET = 'nobody-may-read-this-on-the-wire'
const configuration = `
daemon off;
user root root;
pid /tmp/nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path /tmp/body; proxy_temp_path /tmp/proxy; fastcgi_temp_path /tmp/f; uwsgi_temp_path /tmp/u; scgi_temp_path /tmp/s;
  server { listen 8080; location / { return 200 "${SECRET} from $hostname\\n"; } }
}`

describe('nginx on two nodes', () => {
  let link: LinkCapture

  beforeAll(async () => {
    link = await LinkCapture.start('node1')
    const nginx = { image: 'weft.test/nginx:1', command: ['/usr/sbin/nginx', '-c', '/etc/nginx/nginx.conf'] }
    const volumes = [{ name: 'configuration', configMap: { name: 'nginx' } }]
    const mounts = { volumeMounts: [{ name: 'configuration', mountPath: '/etc/nginx' }] }
    const web = { ...nginx, port: 8080, readyPath: '/', more: mounts, podMore: { volumes } }
    await apply(
      manifest(
        namespace(NS),
        configMap(NS, 'nginx', { 'nginx.conf': configuration }),
        deployment(NS, 'web1', { ...web, node: 'node1' }),
        deployment(NS, 'web2', { ...web, node: 'node2' }),
        service(NS, 'web1', 80, 8080),
        service(NS, 'web2', 80, 8080),
        deployment(NS, 'client1', { image: BOX, command: ['sleep', '1000000'], node: 'node1' }),
        deployment(NS, 'client2', { image: BOX, command: ['sleep', '1000000'], node: 'node2' }),
      ),
    )
    for (const name of ['web1', 'web2', 'client1', 'client2']) await rolledOut(NS, `deploy/${name}`)
    await enrolled(NS)
  })

  afterAll(async () => {
    link.dispose()
    await kubectl('delete', 'namespace', NS, '--wait=false')
  })

  const fetched = (from: string, url: string): Promise<string> =>
    execIn(NS, `deploy/${from}`, 'timeout', '10', 'wget', '-qO-', url)

  test.each([
    ['client1', 'web2', 'another node'],
    ['client2', 'web1', 'another node'],
    ['client1', 'web1', 'the same node'],
    ['client2', 'web2', 'the same node'],
  ])('%s reaches %s on %s by its name', async (client, web) => {
    expect(await fetched(client, `http://${web}/`)).toContain(`${SECRET} from ${web}-`)
  })

  test('pods reach each other by address', async () => {
    const podIp = await kubectl('-n', NS, 'get', 'pods', '-l', 'app=web2', '-o', 'jsonpath={.items[0].status.podIP}')

    expect(await fetched('client1', `http://${podIp}:8080/`)).toContain(`${SECRET} from web2-`)
  })

  test('between the nodes there is HBONE and nothing else', async () => {
    await link.stop()

    if (!hasMesh) {
      expect(link.saw(SECRET), 'the control: without a mesh it is there to read').toBe(true)
      return
    }
    expect(await link.plaintext()).toEqual([])
    expect(await link.tunnelled()).toBeGreaterThan(0)
    expect(link.saw(SECRET)).toBe(false)
  })
})
