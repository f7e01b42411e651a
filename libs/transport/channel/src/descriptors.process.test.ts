import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { needs } from '@weft/tools/testing'
import { expect, test } from 'vitest'

needs('compiler')('out of descriptors', () => {
  test('a listener of the addon goes on once some are free, and loses nobody who waited', async () => {
    const script = `
      import { tryLoadAddon } from '@weft/addon'
      import { socketEngine } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))}
      const listener = await socketEngine(tryLoadAddon()).listen({ host: '127.0.0.1', port: 0 }, (channel) => {
        channel.handler = { bytes: (bytes) => channel.write(bytes), end: () => channel.end(), drained() {}, closed() {} }
      })
      console.log(listener.port)`
    // Enough for Node itself and some 60 connections.
    const node = `ulimit -n 90; exec "${process.execPath}" --input-type=module -e "$SCRIPT"`
    const server = spawn('sh', ['-c', node], {
      cwd: import.meta.dirname,
      env: { ...process.env, SCRIPT: script },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = (await once(server.stdout, 'data')) as [Buffer]
    const port = Number(String(line))
    const sockets: Socket[] = []
    let answers = 0
    for (let i = 0; i < 120; i++) {
      const socket = connect({ port, host: '127.0.0.1' })
      socket.on('data', () => answers++)
      socket.on('error', () => {})
      socket.write('x')
      sockets.push(socket)
    }
    await until(() => answers > 20)
    await new Promise((resolve) => setTimeout(resolve, 300))
    const answeredAtLimit = answers

    for (const socket of sockets.slice(0, answeredAtLimit)) socket.destroy()
    await until(() => answers === 120)

    expect(answeredAtLimit).toBeLessThan(90)
    for (const socket of sockets) socket.destroy()
    server.kill()
  })
})

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 20))
}
