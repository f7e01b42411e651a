import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fuzz, segmentTypes } from '@weft/static/testing'
import { needs } from '@weft/tools/testing'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { pluginProgram } from './plugin-program.ts'
import { callPlugin, type PluginResult } from './testing/index.ts'

/** Spaces and order as no printer would make them: the plugin must not touch them. */
const PREVIOUS = '{ "ips":[{"address":"10.1.2.3/24" }],"cniVersion": "1.0.0", "x":1e2,"dns":{}}'
const YES = '{"ok":true}\n'

needs('compiler')('the CNI plugin', () => {
  let plugin: string
  let sanitizedPlugin: string
  let dir: string
  let agent: Server | null
  let requests: Record<string, unknown>[]

  beforeAll(async () => {
    plugin = await pluginProgram.compile()
    sanitizedPlugin = await pluginProgram.compileSanitized()
  })
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'weft-cni-'))
    agent = null
    requests = []
  })
  afterEach(async () => {
    await new Promise((resolve) => (agent === null ? resolve(null) : agent.close(resolve)))
    rmSync(dir, { recursive: true })
  })

  const socketPath = (): string => join(dir, 'cni.sock')
  const configOf = (change: Record<string, unknown> = {}, previous = PREVIOUS): string => {
    const ours = { cniVersion: '1.0.0', name: 'pods', type: 'weft-cni', socket: socketPath(), ...change }
    const text = JSON.stringify({ namespaces: join(dir, 'namespaces'), ...ours })
    return previous === '' ? text : `${text.slice(0, -1)},"prevResult":${previous} }`
  }
  const call = (command: string, config: unknown = configOf(), environment = {}): Promise<PluginResult> =>
    callPlugin(sanitizedPlugin, { command, config, environment })
  const errorOf = ({ code, stdout, stderr }: PluginResult): { cniVersion: string; code: number; msg: string } => {
    expect([code, stderr]).toEqual([1, ''])
    return JSON.parse(stdout) as { cniVersion: string; code: number; msg: string }
  }
  const listen = async (answer: (socket: Socket) => void): Promise<void> => {
    agent = createServer({ allowHalfOpen: true }, (socket) => {
      let text = ''
      socket.on('error', () => {})
      socket.on('data', (data: Buffer) => (text += data.toString()))
      socket.on('end', () => {
        requests.push(JSON.parse(text) as Record<string, unknown>)
        answer(socket)
      })
    })
    agent.listen(socketPath())
    await once(agent, 'listening')
  }
  const listNamespaces = (...names: string[]): void =>
    writeFileSync(join(dir, 'namespaces'), names.map((name) => `${name}\n`).join(''))

  test('it is one small file that needs no library, and tells the versions that it speaks', async () => {
    const image = readFileSync(plugin)
    expect(image.length).toBeLessThan(1_000_000)
    expect(segmentTypes(image), 'no PT_INTERP').not.toContain(3)
    const answer = await callPlugin(plugin, { command: 'VERSION', config: { cniVersion: '1.0.0' } })
    expect(JSON.parse(answer.stdout)).toEqual({
      cniVersion: '1.0.0',
      supportedVersions: ['0.3.0', '0.3.1', '0.4.0', '1.0.0', '1.1.0'],
    })
  })

  test('ADD asks the agent, then hands the result before it on as it is', async () => {
    await listen((socket) => socket.end(YES))

    expect(await call('ADD')).toEqual({ code: 0, stdout: `${PREVIOUS}\n`, stderr: '' })

    expect(requests).toEqual([
      {
        version: 1,
        command: 'ADD',
        container: 'c0ffee',
        netns: '/proc/self/ns/net',
        netnsFd: expect.any(Number) as number,
        interface: 'eth0',
        namespace: 'shop',
        pod: 'cart',
        uid: '3a4b',
        result: JSON.parse(PREVIOUS) as unknown,
      },
    ])
  })

  test.each([
    [{ ok: false, message: 'no cgroup "kubepods"' }, 100],
    [{ ok: false, again: true, message: 'no configuration yet' }, 11],
  ])('ADD fails as the agent says: %j', async (answer, code) => {
    await listen((socket) => socket.end(JSON.stringify(answer)))

    expect(errorOf(await call('ADD'))).toEqual({
      cniVersion: '1.0.0',
      code,
      msg: `weft-cni: pod shop/cart: ${answer.message}`,
    })
  })

  test('without an agent pods of the mesh wait, and all others start', async () => {
    listNamespaces('shopping', 'shop')

    expect(errorOf(await call('ADD'))).toMatchObject({
      code: 11,
      msg: `weft-cni: pod shop/cart: cannot connect to the agent of this node at "${socketPath()}": No such file or directory; its namespace has pods of the mesh, so it waits`,
    })
    listNamespaces('shopping', 'sho', 'hop')
    expect((await call('ADD')).stdout).toBe(`${PREVIOUS}\n`)
    rmSync(join(dir, 'namespaces'))
    expect((await call('ADD')).stdout, 'no agent has ever been here').toBe(`${PREVIOUS}\n`)
  })

  test('a list that cannot be read keeps everybody waiting', async () => {
    expect(errorOf(await call('ADD', configOf({ namespaces: dir }))).msg).toContain('cannot be read, so it waits')
  })

  test.each([
    ['ends without a word', (socket: Socket) => socket.end()],
    ['talks nonsense', (socket: Socket) => socket.end('{"ok":tru')],
    ['talks too much', (socket: Socket) => socket.end('x'.repeat(100_000))],
    ['hangs up', (socket: Socket) => socket.destroy()],
  ])('an agent that %s counts as absent', async (_, answer) => {
    await listen(answer)
    listNamespaces('shop')

    expect(errorOf(await call('ADD')).code).toBe(11)
    listNamespaces()
    expect((await call('ADD')).code).toBe(0)
  })

  test('CHECK fails when the agent says that the pod is not enrolled, and only then', async () => {
    expect((await call('CHECK')).code).toBe(0)
    await listen((socket) => socket.end('{"ok":false,"message":"hooks are missing"}'))
    expect(errorOf(await call('CHECK')).msg).toBe('weft-cni: pod shop/cart: hooks are missing')
  })

  test('DEL tells the agent and never fails', async () => {
    expect(await call('DEL', configOf({}, ''), { CNI_NETNS: '' })).toEqual({ code: 0, stdout: '', stderr: '' })
    await listen((socket) => socket.end('{"ok":false}'))
    expect((await call('DEL')).code).toBe(0)
    expect(requests.map(({ command }) => command)).toEqual(['DEL'])
  })

  test('STATUS and GC are none of its business', async () => {
    listNamespaces('shop')
    for (const command of ['STATUS', 'GC'])
      expect(await call(command, configOf({ cniVersion: '1.1.0' }, ''))).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  test('who names no pod of Kubernetes is let through', async () => {
    listNamespaces('shop')
    expect((await call('ADD', configOf(), { CNI_ARGS: 'IgnoreUnknown=1' })).stdout).toBe(`${PREVIOUS}\n`)
  })

  test.each([
    ['no JSON', '{"cniVersion":"1.0.0",}', 6, 'at octet 22, expected a string'],
    ['twice the same name', '{"cniVersion":"1.0.0","cniV\\u0065rsion":"1.0.0"}', 6, 'no name twice'],
    ['a list', '[]', 7, 'no object'],
    ['no version', '{}', 1, '"cniVersion" is absent, expected 0.3.0'],
    ['a version to come', '{"cniVersion":"2.0.0"}', 1, '"cniVersion" is "2.0.0"'],
    ['nothing before it', '{"cniVersion":"1.0.0"}', 7, '"prevResult" is absent'],
    [
      'a socket that is no path',
      '{"cniVersion":"1.0.0","socket":"x"}',
      7,
      '"socket" is "x", expected an absolute path',
    ],
    ['a result that is none', '{"cniVersion":"1.0.0","prevResult":[]}', 7, '"prevResult" is no object'],
    ['nothing', '', 6, 'at octet 0, expected a value'],
  ])('a configuration with %s is refused with its code', async (_, config, code, message) => {
    const error = errorOf(await call('ADD', config))
    expect(error.code).toBe(code)
    expect(error.msg).toContain(message)
  })

  test.each([
    ['CNI_COMMAND', { CNI_COMMAND: 'UPDATE' }, '"UPDATE"'],
    ['CNI_CONTAINERID', { CNI_CONTAINERID: '' }, 'CNI_CONTAINERID is missing'],
    ['CNI_NETNS', { CNI_NETNS: '' }, 'CNI_NETNS is missing'],
    ['a file as CNI_NETNS', { CNI_NETNS: '/etc/hostname' }, 'is no namespace'],
    ['a long CNI_IFNAME', { CNI_IFNAME: 'x'.repeat(300) }, 'CNI_IFNAME is too long'],
    ['a pod without namespace', { CNI_ARGS: 'K8S_POD_NAME=cart' }, 'K8S_POD_NAMESPACE is missing'],
    ['a long pod', { CNI_ARGS: `K8S_POD_NAME=${'x'.repeat(300)}` }, 'K8S_POD_NAME in CNI_ARGS is too long'],
  ])('an environment with %s is refused', async (_, environment, message) => {
    const error = errorOf(await call('ADD', configOf(), environment))
    expect(error.code).toBe(4)
    expect(error.msg).toContain(message)
  })

  test('a configuration without end is refused', async () => {
    expect(errorOf(await call('ADD', ' '.repeat(300_000))).msg).toContain('expected at most 262144 octets')
  })

  test('texts cut and changed at random never make it go wrong', async () => {
    const mutations = { seeds, count: 20_000, changesMax: 3, growthMax: 0 }
    const { code, printed } = await fuzz(await pluginProgram.compileFuzz(), mutations)

    expect(code, 'the sanitizers found nothing').toBe(0)
    expect(Number(printed)).toBeGreaterThan(10)
  })
})

const seeds = [
  '{"cniVersion":"1.0.0","prevResult":{"ips":[{"address":"10.1.2.3/24"}]},"socket":"/a","namespaces":"/b"}',
  '{"a":[1,-0.5e+3,true,false,null,"\\u00e9\\ud83d\\ude00\\n"],"b":{"c":{"d":[[[]]]}},"é":"ÿ"}',
  '{"ok":false,"again":true,"message":"x\\"y"}',
]
