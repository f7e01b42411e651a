import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { needs } from '@weft/tools/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fdOf, isSystemError, loadAddon, missingCapabilities, unconnectedSocket } from './index.ts'

needs('root', 'netns')('addon in a network namespace', () => {
  const addon = loadAddon()
  const name = `weft-addon-${process.pid}`
  let netns = -1

  beforeAll(() => {
    ip('netns', 'add', name)
    ip('-n', name, 'link', 'set', 'lo', 'up')
    ip('-n', name, 'address', 'add', '198.18.250.1/32', 'dev', 'lo')
    netns = addon.openNetns(`/run/netns/${name}`)
  })
  afterAll(() => {
    if (netns >= 0) addon.closeFd(netns)
    ip('netns', 'delete', name)
  })

  const cases = [
    { listen: '::', family: 4, host: '127.0.0.1', source: '198.18.250.1', seen: '::ffff:198.18.250.1' },
    { listen: '::', family: 6, host: '::1', source: '', seen: '::1' },
    { listen: '127.0.0.1', family: 4, host: '127.0.0.1', source: '', seen: '127.0.0.1' },
  ] as const
  for (const { listen, family, host, source, seen } of cases)
    test(`tcpListen() at ${listen} accepts what tcpSocket() dials from "${source}"`, async () => {
      const server = createServer((socket) => socket.end(socket.remoteAddress + ' ' + (fdOf(socket) > 2)))
      server.listen({ fd: addon.tcpListen(netns, listen, 0, 16, false) })
      await once(server, 'listening')

      const socket = unconnectedSocket(addon.tcpSocket(netns, family, source))
      socket.connect({ host, port: (server.address() as AddressInfo).port })
      const [answer] = (await once(socket, 'data')) as [Buffer]

      expect(String(answer)).toBe(`${seen} true`)
      socket.destroy()
      server.close()
    })

  test('tcpListen() listens in that namespace and nowhere else', async () => {
    const fd = addon.tcpListen(netns, '127.0.0.1', 0, 16, false)
    const server = createServer().listen({ fd })
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo

    const outside = unconnectedSocket(addon.tcpSocket(-1, 4, ''))
    outside.connect({ host: '127.0.0.1', port })
    const [error] = (await once(outside, 'error')) as [NodeJS.ErrnoException]

    expect(error.code).toBe('ECONNREFUSED')
    server.close()
  })

  test('netnsCookie() tells namespaces apart and comes back home', () => {
    const home = addon.netnsCookie(-1)

    expect(addon.netnsCookie(netns)).not.toBe(home)
    expect(addon.netnsCookie(-1)).toBe(home)
  })

  test('tcpListen() on a port that is taken throws EADDRINUSE with its arguments', () => {
    const first = addon.tcpListen(netns, '127.0.0.1', 18080, 16, false)

    const failure = failureOf(() => addon.tcpListen(netns, '127.0.0.1', 18080, 16, false))

    addon.closeFd(first)
    expect(isSystemError(failure, 'EADDRINUSE') && [failure.syscall, failure.argument]).toEqual([
      'bind',
      '127.0.0.1:18080',
    ])
  })

  test('tcpSocket() from an address that the namespace lacks throws EADDRNOTAVAIL', () => {
    expect(
      isSystemError(
        failureOf(() => addon.tcpSocket(netns, 4, '198.18.250.2')),
        'EADDRNOTAVAIL',
      ),
    ).toBe(true)
  })

  test('udpBind() receives there', () => {
    const fd = addon.udpBind(netns, '127.0.0.1', 0)

    expect(addon.socketCookie(fd)).toBeGreaterThan(0n)
    addon.closeFd(fd)
  })

  test('tcpUserTimeout() has the kernel give up a connection whose network was taken away', async () => {
    const far = `${name}-far`
    ip('netns', 'add', far)
    const link = `w${process.pid}`.slice(0, 15)
    ip('-n', name, 'link', 'add', link, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', far)
    ip('-n', name, 'address', 'add', '198.18.251.1/30', 'dev', link)
    ip('-n', name, 'link', 'set', link, 'up')
    ip('-n', far, 'address', 'add', '198.18.251.2/30', 'dev', 'eth0')
    ip('-n', far, 'link', 'set', 'eth0', 'up')
    const farNetns = addon.openNetns(`/run/netns/${far}`)
    const server = createServer((socket) => socket.on('error', () => {}).resume())
    server.listen({ fd: addon.tcpListen(farNetns, '198.18.251.2', 18081, 16, false) })
    await once(server, 'listening')
    const fd = addon.tcpSocket(netns, 4, '')
    addon.tcpUserTimeout(fd, 700)
    const socket = unconnectedSocket(fd)
    socket.connect({ host: '198.18.251.2', port: 18081 })
    await once(socket, 'connect')

    ip('-n', name, 'link', 'delete', link)
    // Another way that leads to nobody: the kernel may not simply say that there is none.
    ip('-n', name, 'route', 'add', 'blackhole', '198.18.251.0/30')
    const startedAtMs = performance.now()
    socket.write('for nobody')
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException]

    expect(error.code).toBe('ETIMEDOUT')
    expect(performance.now() - startedAtMs).toBeLessThan(10_000)
    server.close()
    addon.closeFd(farNetns)
    ip('netns', 'delete', far)
    ip('-n', name, 'route', 'delete', 'blackhole', '198.18.251.0/30')
  })

  test('originalDestination() of a connection nobody captured is null', () => {
    const fd = addon.tcpSocket(netns, 4, '')

    expect(addon.originalDestination(fd)).toBeNull()
    addon.closeFd(fd)
  })

  test('takeFd() gives the same open socket', () => {
    const fd = addon.udpBind(netns, '127.0.0.1', 0)

    const taken = addon.takeFd(process.pid, fd)

    expect(taken).not.toBe(fd)
    expect(addon.socketCookie(taken)).toBe(addon.socketCookie(fd))
    addon.closeFd(fd)
    addon.closeFd(taken)
  })

  test('cgroupId() outside of cgroup2 throws EMEDIUMTYPE', () => {
    const dir = mkdtempSync(join(tmpdir(), 'weft-addon-'))

    expect(
      isSystemError(
        failureOf(() => addon.cgroupId(dir)),
        'EMEDIUMTYPE',
      ),
    ).toBe(true)
    rmSync(dir, { recursive: true })
  })

  test('a missing namespace throws ENOENT that names the file', () => {
    const failure = failureOf(() => addon.openNetns('/run/netns/weft-absent'))

    expect(failure.message).toBe('Cannot open "/run/netns/weft-absent": ENOENT (No such file or directory)')
  })

  test('missingCapabilities() of root is empty', () => {
    expect(missingCapabilities()).toEqual([])
  })
})

function ip(...words: string[]): void {
  execFileSync('ip', words, { stdio: 'pipe' })
}

function failureOf(action: () => unknown): Error {
  try {
    action()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('expected a failure, nothing was thrown')
}
