import { afterEach, describe, expect, it } from 'vitest'
import { type AdminPages, type AdminReaders, AdminServers } from './servers.ts'

const addresses = { readiness: '127.0.0.1:18321', metrics: '127.0.0.1:18322', admin: '127.0.0.1:18323' }
const all: AdminReaders = { refusal: () => '' }
const pages: AdminPages = {
  isReady: () => ({ ready: false, reason: 'no worker' }),
  metrics: async () => 'weft_x 1\n',
  configDump: async () => ({ revision: 7 }),
  workloads: () => [{ uid: 'a' }],
  kernel: async () => {
    throw new Error('no kernel today')
  },
}
const open: AdminServers[] = []

async function serve(readers: AdminReaders, more: Partial<AdminPages> = {}): Promise<void> {
  const servers = new AdminServers({ ...pages, ...more }, addresses, readers)
  open.push(servers)
  await servers.start()
}

describe('AdminServers', () => {
  afterEach(() => open.splice(0).forEach((one) => one.stop()))

  it('tells whether it is ready, and why not', async () => {
    let ready = false
    await serve(all, { isReady: () => ({ ready, reason: ready ? '' : 'no worker' }) })
    const ask = () => fetch(`http://${addresses.readiness}/healthz/ready`)
    const before = await ask()
    expect(before.status).toBe(503)
    expect(await before.json()).toEqual({ ready: false, reason: 'no worker' })
    ready = true
    expect((await ask()).status).toBe(200)
  })

  it('shows each page on its own port', async () => {
    await serve(all)
    const metrics = await fetch(`http://${addresses.metrics}/metrics?now`)
    expect(metrics.headers.get('content-type')).toContain('version=0.0.4')
    expect(await metrics.text()).toBe('weft_x 1\n')
    expect(await (await fetch(`http://${addresses.admin}/config_dump`)).json()).toEqual({ revision: 7 })
    expect((await fetch(`http://${addresses.metrics}/config_dump`)).status).toBe(404)
    expect((await fetch(`http://${addresses.admin}/workloads`, { method: 'POST' })).status).toBe(404)
  })

  it('says what went wrong with a page', async () => {
    await serve(all)
    const answer = await fetch(`http://${addresses.admin}/kernel`)
    expect(answer.status).toBe(500)
    expect(await answer.text()).toContain('no kernel today')
  })

  it('shows the configuration to readers only', async () => {
    await serve({ refusal: async () => 'user 7 is no reader' })
    const answer = await fetch(`http://${addresses.admin}/config_dump`)
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('user 7 is no reader')
  })

  it('is not itself under another name', async () => {
    await serve(all)
    const { request } = await import('node:http')
    const status = await new Promise<number | undefined>((resolve) => {
      const headers = { host: 'evil.example:18323' }
      request(`http://${addresses.admin}/workloads`, { headers }, (answer) => resolve(answer.statusCode)).end()
    })
    expect(status).toBe(403)
  })

  it('listens on loopback alone', async () => {
    const servers = new AdminServers(pages, { ...addresses, admin: '0.0.0.0:18323' }, all)
    open.push(servers)
    await expect(servers.start()).rejects.toThrow('expected a loopback address')
  })
})
