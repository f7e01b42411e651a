import { createHash } from 'node:crypto'
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StartedTestContainer } from 'testcontainers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fetchIn, startPart, type PartOptions } from './part-container.ts'

const NOBODY = 65_532
const names = ['ca', 'control-plane', 'policy', 'agent'] as const
type Name = (typeof names)[number]

describe('a mesh in containers', () => {
  const dir = mkdtempSync(join(tmpdir(), 'weft-containers-'))
  const containers = new Map<Name, StartedTestContainer>()

  const start = async (name: Name): Promise<void> => {
    const beside = name === 'ca' ? {} : { beside: containers.get('ca')! }
    containers.set(name, await startPart({ part: name, stateDir: dir, ...settingsOf(name), ...beside }))
  }

  beforeAll(async () => {
    prepareState(dir)
    await start('ca')
    writeFileSync(join(dir, 'roots.pem'), readFileSync(join(dir, 'ca/roots.pem')))
    for (const name of names.slice(1)) await start(name)
  }, 180_000)

  afterAll(async () => {
    for (const container of [...containers.values()].toReversed()) await container.stop({ timeout: 2_000 })
    rmSync(dir, { recursive: true, force: true })
  }, 60_000)

  const ready = (): Promise<string> => fetchIn(containers.get('agent')!, 'http://127.0.0.1:15021/healthz/ready')

  test('its agent is ready: configuration and policies came, a worker runs', async () => {
    await expect.poll(ready, { timeout: 20_000 }).toMatch(/^200/)
  })

  test('the dashboard is in its image', async () => {
    expect(await fetchIn(containers.get('control-plane')!, 'http://127.0.0.1:15011/')).toContain('<title>')
  })

  test.each(['control-plane', 'policy'] as const)(
    '%s started anew goes on as who it was, without its token',
    async (name) => {
      await containers.get(name)!.stop({ timeout: 5_000 })
      writeFileSync(join(dir, `${name}.token`), 'spent')
      await start(name)

      await expect.poll(ready, { timeout: 20_000 }).toMatch(/^200/)
    },
    90_000,
  )

  test('an agent started anew with no control plane works from what it kept', async () => {
    await containers.get('agent')!.stop({ timeout: 5_000 })
    await containers.get('control-plane')!.stop({ timeout: 5_000 })
    containers.delete('control-plane')
    await start('agent')

    await expect.poll(ready, { timeout: 20_000 }).toMatch(/^200/)
  }, 90_000)
})

function settingsOf(name: Name): Pick<PartOptions, 'settings' | 'ready'> {
  const others = { 'control-plane-address': '127.0.0.1:15010', 'policy-address': '127.0.0.1:15013' }
  const joining = {
    'state-dir': `/state/${name}`,
    'ca-address': '127.0.0.1:15012',
    'trust-roots-file': '/state/roots.pem',
    'join-token-file': `/state/${name}.token`,
  }
  const { 'control-plane-address': controlPlane } = others
  switch (name) {
    case 'ca':
      return {
        settings: {
          'state-dir': '/state/ca',
          'join-tokens-file': '/state/tokens.json',
          'key-encryption-key-file': '/state/kek',
          'control-plane-address': controlPlane,
        },
        ready: /serving certificates/,
      }
    case 'control-plane':
      return {
        settings: {
          ...joining,
          'management-socket': '/state/control-plane/management.sock',
          node: 'node1=127.0.0.1,shared=198.18.2.0/24,own=198.18.3.0/24',
        },
        ready: /"component":"control-plane/,
      }
    case 'policy':
      return { settings: { ...joining, 'control-plane-address': controlPlane }, ready: /"component":"policy/ }
    case 'agent':
      return {
        settings: { ...joining, ...others, node: 'node1', address: '127.0.0.1', capture: 'proxy' },
        ready: /worker is ready/,
      }
  }
}

/** Tokens and the key of the CA, and folders that nobody may write. */
function prepareState(dir: string): void {
  const roles = { 'control-plane': 'control-plane', policy: 'policy', agent: 'node/node1' }
  const tokens = Object.entries(roles).map(([part, role]) => {
    const token = `token-of-${part}-with-many-characters`
    writeFileSync(join(dir, `${part}.token`), token)
    return { sha256: createHash('sha256').update(token).digest('hex'), role, expiresAtMs: Date.now() + 600_000 }
  })
  writeFileSync(join(dir, 'tokens.json'), JSON.stringify(tokens))
  writeFileSync(join(dir, 'kek'), '0123456789abcdef'.repeat(4))
  for (const part of names) {
    mkdirSync(join(dir, part), { mode: 0o700 })
    chownSync(join(dir, part), NOBODY, NOBODY)
  }
  chownSync(dir, NOBODY, NOBODY)
}
