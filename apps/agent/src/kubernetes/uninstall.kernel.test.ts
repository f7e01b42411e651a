import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '@weft/config'
import { ScratchNode } from '@weft/ebpf/testing'
import { silentLogger } from '@weft/telemetry'
import { needs } from '@weft/tools/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { agentSettings, type AgentConfig } from '../config.ts'
import { withPlugin } from './conflist.ts'
import { uninstall } from './uninstall.ts'

const bridge = '{ "cniVersion":"1.0.0","name":"pods","plugins":[ {"type":"bridge"} ] }\n'

needs(
  'root',
  'bpf',
  'netns',
  'compiler',
)('uninstall', () => {
  let node: ScratchNode
  let dir: string
  let config: AgentConfig

  beforeEach(async () => {
    node = new ScratchNode('pods')
    await node.capture.prepare()
    node.capture.attachAgent()
    node.capture.enrol({
      uid: 'a',
      cgroupPath: node.cgroupOf('pod1'),
      network: 'own',
      netnsPath: `/run/netns/${node.paths.netns}`,
      address: '198.18.5.1',
      ports: [],
    })
    node.capture.close()
    dir = mkdtempSync(join(tmpdir(), 'weft-uninstall-'))
    for (const name of ['net.d', 'bin', 'agent', 'cni']) mkdirSync(join(dir, name))
    const entry = { socket: join(dir, 'cni.sock'), namespaces: join(dir, 'cni/namespaces') }
    writeFileSync(join(dir, 'net.d/10-bridge.conflist'), withPlugin(bridge, entry))
    for (const name of ['bin/weft-cni', 'bin/bridge', 'agent/credentials.json', 'cni/namespaces', 'launcher.sock'])
      writeFileSync(join(dir, name), '')
    config = configOf({ cniSocket: entry.socket, cniNamespacesFile: entry.namespaces })
  })
  afterEach(async () => {
    await node.dispose()
    rmSync(dir, { recursive: true })
  })

  const configOf = (change: Partial<AgentConfig>): AgentConfig => {
    const required = { node: 'node1', address: '198.18.4.1', ...addresses }
    const words = Object.entries(required).map(([name, value]) => `--${name}=${value}`)
    const loaded = loadConfig(agentSettings, [...words, `--state-dir=${join(dir, 'agent')}`], {}, 'WEFT_AGENT')
    const places = { cniConfigDir: join(dir, 'net.d'), cniBinaryDir: join(dir, 'bin') }
    return { ...loaded, platform: 'kubernetes', bpfPinDir: node.paths.pinDir, ...places, ...change }
  }

  test('leaves nothing: no plugin, no hook, no pin, no file; and a second time is fine', () => {
    expect(uninstall(config, silentLogger)).toEqual([])

    expect(readFileSync(join(dir, 'net.d/10-bridge.conflist'), 'utf8')).toBe(bridge)
    expect(readdirSync(join(dir, 'bin'))).toEqual(['bridge'])
    expect(['agent', 'cni', 'launcher.sock'].filter((name) => existsSync(join(dir, name)))).toEqual([])
    expect(existsSync(node.paths.pinDir)).toBe(false)
    expect(uninstall(config, silentLogger)).toEqual([])
  })

  test('goes on when a part fails, and says which', () => {
    writeFileSync(join(dir, 'net.d/20-broken.conflist'), '{ weft-cni')

    expect(uninstall(config, silentLogger)).toEqual([expect.stringContaining('CNI plugin: cannot')])

    expect(readFileSync(join(dir, 'net.d/10-bridge.conflist'), 'utf8')).toBe(bridge)
    expect(existsSync(node.paths.pinDir)).toBe(false)
  })
})

const addresses = {
  'control-plane-address': '127.0.0.1:15010',
  'policy-address': '127.0.0.1:15013',
  'ca-address': '127.0.0.1:15012',
}
