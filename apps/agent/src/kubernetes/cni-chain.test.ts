import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@weft/telemetry'
import { FakeClock } from '@weft/time/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CniChain } from './cni-chain.ts'
import { pluginTypes, withoutPlugin } from './conflist.ts'

const bridge = '{ "cniVersion":"1.0.0","name":"pods","plugins":[ {"type":"bridge"} ] }\n'
let dir: string
let clock: FakeClock
let chain: CniChain

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'weft-cni-chain-'))
  for (const name of ['net.d', 'bin']) mkdirSync(join(dir, name))
  writeFileSync(join(dir, 'plugin'), 'program 1')
  clock = new FakeClock(false)
  chain = make()
})
afterEach(() => {
  chain.stop()
  rmSync(dir, { recursive: true })
})

const make = (binaryDir = join(dir, 'bin'), configDir = join(dir, 'net.d')): CniChain => {
  const entry = { socket: '/run/weft/cni.sock', namespaces: '/var/lib/weft/cni/namespaces' }
  return new CniChain({ configDir, binaryDir, pluginPath: join(dir, 'plugin'), entry }, clock, silentLogger)
}
const write = (name: string, text = bridge): void => writeFileSync(join(dir, 'net.d', name), text)
const read = (name: string): string => readFileSync(join(dir, 'net.d', name), 'utf8')
const typesOf = (name: string): string[] => pluginTypes(read(name))

test('the program is copied, the first list gets our plugin, and nothing is left of both', () => {
  write('10-bridge.conflist')
  write('20-other.conflist')
  chmodSync(join(dir, 'net.d', '10-bridge.conflist'), 0o600)

  chain.start()

  expect(chain.trouble).toBe('')
  expect(typesOf('10-bridge.conflist')).toEqual(['bridge', 'weft-cni'])
  expect(statSync(join(dir, 'net.d', '10-bridge.conflist')).mode & 0o777).toBe(0o600)
  expect(read('20-other.conflist')).toBe(bridge)
  expect(readFileSync(join(dir, 'bin', 'weft-cni'), 'utf8')).toBe('program 1')
  expect(statSync(join(dir, 'bin', 'weft-cni')).mode & 0o777).toBe(0o755)

  chain.remove()
  expect(read('10-bridge.conflist')).toBe(bridge)
  expect(readdirSync(join(dir, 'bin'))).toEqual([])
  expect(readdirSync(join(dir, 'net.d'))).toEqual(['10-bridge.conflist', '20-other.conflist'])
})

test('another plugin rewrites the list, and ours is in it again', () => {
  write('10-bridge.conflist')
  chain.start()
  write('10-bridge.conflist', bridge.replace('bridge', 'ptp'))

  clock.advance(10_000)

  expect(typesOf('10-bridge.conflist')).toEqual(['ptp', 'weft-cni'])
})

test("another mesh's plugin stays as it is and is told, until it is gone", () => {
  const both = bridge.replace('{"type":"bridge"}', '{"type":"bridge"} , { "type" : "istio-cni", "x":[1] }')
  write('10-bridge.conflist', both)
  chain.start()

  expect(chain.others).toBe('istio-cni')
  expect(typesOf('10-bridge.conflist')).toEqual(['bridge', 'istio-cni', 'weft-cni'])
  expect(withoutPlugin(read('10-bridge.conflist'))).toBe(both)
  write('10-bridge.conflist')
  clock.advance(10_000)
  expect(chain.others).toBe('')
})

test('a list that sorts before takes over, and the one before is as it was', () => {
  write('10-bridge.conflist')
  chain.start()
  write('05-new.conflist')

  chain.install()

  expect(typesOf('05-new.conflist')).toEqual(['bridge', 'weft-cni'])
  expect(read('10-bridge.conflist')).toBe(bridge)
})

test('a configuration of one plugin gets a list of ours before it', () => {
  const single = '{"cniVersion":"0.4.0","name":"pods","type":"bridge"}'
  write('10-bridge.conf', single)

  chain.start()

  expect(typesOf('00-weft.conflist')).toEqual(['bridge', 'weft-cni'])
  chain.install()
  expect(read('10-bridge.conf')).toBe(single)
  write('05-new.conflist')
  chain.install()
  expect(existsSync(join(dir, 'net.d', '00-weft.conflist'))).toBe(false)
  chain.remove()
  expect(readdirSync(join(dir, 'net.d'))).toEqual(['05-new.conflist', '10-bridge.conf'])
})

test('a new program replaces the old one', () => {
  write('10-bridge.conflist')
  chain.start()
  writeFileSync(join(dir, 'plugin'), 'program 2')
  chain.install()
  expect(readFileSync(join(dir, 'bin', 'weft-cni'), 'utf8')).toBe('program 2')
  expect(readdirSync(join(dir, 'bin')), 'no draft is left').toEqual(['weft-cni'])
})

test.each([
  ['nothing there', (): void => {}, 'found no network configuration in'],
  ['no JSON', () => write('10-x.conflist', '{'), 'expected an object of JSON'],
  ['no list', () => write('10-x.conflist', '{"plugins":{}}'), 'expected a list "plugins"'],
])('%s is one clear reason, and mends itself', (_, prepare, reason) => {
  prepare()
  chain.start()
  expect(chain.trouble).toContain(reason)

  write('10-x.conflist')
  clock.advance(10_000)
  expect(chain.trouble).toBe('')
})

test('a folder that can only be read is one clear reason', () => {
  write('10-bridge.conflist')
  // Files in /proc can't be made by anybody, root included.
  const readOnly = make('/proc/self')
  readOnly.start()
  expect(readOnly.trouble).toMatch(/^cannot install the CNI plugin: /)
  expect(read('10-bridge.conflist'), 'no list names a program that is not there').toBe(bridge)
  readOnly.stop()
})
