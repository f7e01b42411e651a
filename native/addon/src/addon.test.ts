import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { needs } from '@weft/tools/testing'
import { expect, test } from 'vitest'
import { AddonUnavailable, compileAddon, loadAddon, missingCapabilities } from './index.ts'

needs('compiler')('addon', () => {
  test('compileAddon() compiles once and finds it again', () => {
    const dir = mkdtempSync(join(tmpdir(), 'weft-addon-'))

    const first = compileAddon(dir)
    const second = compileAddon(dir)

    expect(second).toBe(first)
    expect(readdirSync(dir), 'no draft is left').toHaveLength(1)
    rmSync(dir, { recursive: true })
  }, 60_000)

  test('compileAddon() into something that is no directory says so', () => {
    expect(() => compileAddon('/dev/null')).toThrow(AddonUnavailable)
  })

  test.each([
    ['closeFd', ['3'], 'argument fd is wrong: expected an integer'],
    ['closeFd', [1.5], 'argument fd is wrong: expected an integer of 32 bits'],
    ['tcpListen', [-1, '127.0.0.1', 70_000, 1, false], 'argument port is wrong: expected 0 to 65535'],
    ['tcpListen', [-1, '10.0.0.300', 80, 1, false], 'argument address is wrong'],
    ['tcpListen', [-1, '127.0.0.1', 80, 1, 0], 'argument reusePort is wrong: expected true or false'],
    ['tcpSocket', [-1, 6, '127.0.0.1'], 'argument address is wrong'],
    ['openNetns', ['a\0b'], 'argument path is wrong: expected a string without NUL'],
    ['openNetns', ['a'.repeat(5000)], 'argument path is wrong: expected a shorter string'],
    ['mapGet', [-1, new Uint8Array(4), 1], 'EBADF'],
    ['closeFd', [-1], 'EBADF'],
  ])('%s(%j) is refused with what was expected', (name, given, expected) => {
    const method = (loadAddon() as unknown as Record<string, (...given: unknown[]) => unknown>)[name]!

    expect(() => method(...given)).toThrow(expected)
  })

  test('trimHeap() gives memory back that was freed between pieces in use', () => {
    const addon = loadAddon()
    // Below the size from which the allocator asks the system for each piece.
    let pieces: Buffer[] = Array.from({ length: 1_000 }, () => Buffer.from(new ArrayBuffer(100_000)).fill(1))
    const kept = pieces.filter((_, i) => i % 50 === 0)
    pieces = []
    setFlagsFromString('--expose-gc')
    runInNewContext('gc')()
    const before = residentKib('RssAnon')

    addon.trimHeap()

    expect(kept.every((piece) => piece[99_999] === 1)).toBe(true)
    expect(before - residentKib('RssAnon')).toBeGreaterThan(20_000)
  })

  test('releaseFilePages() lets go of most program code, and the program goes on', () => {
    const addon = loadAddon()
    const before = residentKib('RssFile')

    expect(addon.releaseFilePages()).toBeGreaterThan(20_000_000)

    expect(residentKib('RssFile')).toBeLessThan(before / 2)
    expect(JSON.parse(JSON.stringify({ text: 'ä'.normalize('NFD') }))).toEqual({ text: 'a\u0308' })
  })
})

function residentKib(kind: 'RssAnon' | 'RssFile'): number {
  return Number(new RegExp(`${kind}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))![1])
}

test('missingCapabilities() names what the mask lacks', () => {
  expect(missingCapabilities('CapEff:\t0000008000000000\n')).toEqual([
    'CAP_NET_ADMIN',
    'CAP_SYS_PTRACE',
    'CAP_SYS_ADMIN',
    'CAP_PERFMON',
  ])
  expect(missingCapabilities('')).toHaveLength(5)
})
