import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { needs } from '@weft/tools/testing'
import { expect, test } from 'vitest'
import { defaultListenOptions, listen } from './index.ts'

/** As the kernel has it: column 3 of a listening socket. */
const backlogOf = (port: number): number => {
  const line = execFileSync('ss', ['-Hltn', `sport = :${port}`], { encoding: 'utf8' })
  return Number(line.trim().split(/\s+/)[2])
}
const options = { ...defaultListenOptions, backlog: 700 }

needs('program:ss')('listen() does not lose connections of a burst to a backlog of 511', () => {
  test('on a descriptor that listens already', async () => {
    const opener = createServer().listen(0, '127.0.0.1')
    await once(opener, 'listening')
    const { port } = opener.address() as AddressInfo
    const { fd } = (opener as unknown as { _handle: { fd: number } })._handle
    // A worker is another process: in one, an event loop takes a socket once.
    const worker = `import { listen } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))}
      await listen({ fd: 3 }, () => {}, ${JSON.stringify(options)})
      process.exit()`

    execFileSync(process.execPath, ['--input-type=module', '-e', worker], { stdio: ['ignore', 'pipe', 'pipe', fd] })

    expect(backlogOf(port)).toBe(700)
    opener.close()
  })

  test('on an address', async () => {
    const listener = await listen({ host: '127.0.0.1', port: 0 }, () => {}, options)

    expect(backlogOf(listener.port)).toBe(700)
    listener.close()
  })
})
