import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCgroup, fdOf, loadAddon, pluginProgram } from '@weft/ebpf'
import { ScratchNode } from '@weft/ebpf/testing'
import { silentLogger } from '@weft/telemetry'
import { systemClock } from '@weft/host'
import { needs } from '@weft/tools/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CniServer } from './cni-server.ts'
import { ipv6Digits, PodNamespaces } from './pod-namespaces.ts'

const ADDRESS = '198.18.5.1'
const NODE = '198.18.4.1'

needs(
  'root',
  'bpf',
  'netns',
  'compiler',
)('network namespaces of pods', () => {
  let node: ScratchNode
  let pod: string
  let namespaces: PodNamespaces
  let cgroup: string

  beforeEach(() => {
    node = new ScratchNode('pods')
    pod = `${node.paths.netns}-a`
    node.addNetns(pod)
    node.joinNetns(node.paths.netns, NODE, pod, ADDRESS)
    cgroup = join(node.paths.cgroup, 'kubepods/pod1')
    createCgroup(join(cgroup, 'container'))
    namespaces = new PodNamespaces(loadAddon())
  })
  afterEach(async () => {
    namespaces.stop()
    await node.dispose()
  })

  const inodeOf = (name: string): bigint => statSync(`/run/netns/${name}`, { bigint: true }).ino

  test('that of a running pod is found by a process of its cgroup that has its address', async () => {
    expect(namespaces.ofCgroup(cgroup, ADDRESS), 'no process').toBeNull()
    const stranger = node.probe(join(cgroup, 'container'), node.paths.netns)
    await stranger.say('listen 127.0.0.1 8080')
    expect(namespaces.ofCgroup(cgroup, ADDRESS), 'none with that address').toBeNull()
    const program = node.probe(join(cgroup, 'container'), pod)
    await program.say('listen 127.0.0.1 8080')

    const held = namespaces.ofCgroup(cgroup, ADDRESS)

    expect(held?.inode).toBe(inodeOf(pod))
    expect(statSync(held!.path, { bigint: true }).ino).toBe(inodeOf(pod))
    held!.close()
    held!.close()
    expect(existsSync(held!.path)).toBe(false)
    const again = namespaces.ofCgroup(cgroup, ADDRESS)!
    expect(again.path, 'a path is never that of another namespace').not.toBe(held!.path)
    again.close()
    expect(namespaces.ofCgroup(cgroup, '198.18.5.2')).toBeNull()
  })

  test('that of a starting pod is taken from the plugin, which waits with it', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'weft-cni-'))
    const socket = join(dir, 'cni.sock')
    const addon = loadAddon()
    const taken: bigint[] = []
    const server = new CniServer(
      socket,
      (peer) => addon.peerCredentials(fdOf(peer)),
      async ({ netnsFd }, pid) => {
        const held = namespaces.ofDescriptor(pid, netnsFd)
        taken.push(held.inode)
        held.close()
        return { ok: true, reason: '' }
      },
      systemClock,
      silentLogger,
    )
    await server.start()
    const plugin = spawn(await pluginProgram.compile(), [], {
      env: {
        CNI_COMMAND: 'ADD',
        CNI_CONTAINERID: 'c0ffee',
        CNI_NETNS: `/run/netns/${pod}`,
        CNI_IFNAME: 'eth0',
        CNI_ARGS: 'K8S_POD_NAMESPACE=shop;K8S_POD_NAME=cart;K8S_POD_UID=1',
      },
    })
    let printed = ''
    plugin.stdout.on('data', (data: Buffer) => (printed += data.toString()))
    plugin.stdin.end(JSON.stringify({ cniVersion: '1.0.0', name: 'pods', type: 'weft-cni', socket, prevResult: {} }))

    await once(plugin, 'close')

    expect(printed).toBe('{}\n')
    expect(taken).toEqual([inodeOf(pod)])
    server.stop()
    rmSync(dir, { recursive: true })
  })
})

test('IPv6 is written as /proc writes it', () => {
  expect(ipv6Digits('fd00::9')).toBe('fd000000000000000000000000000009')
  expect(ipv6Digits('2001:db8:0:1:2:3:4:5')).toBe('20010db8000000010002000300040005')
  expect(ipv6Digits('::1')).toBe('00000000000000000000000000000001')
})
