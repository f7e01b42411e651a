import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runCli } from '../app.ts'
import { exitCodes } from '../exit-codes.ts'
import { identifyProcess } from '../machine/process-identity.ts'
import { planMesh } from '../mesh/plan.ts'
import { fakeContext } from '../testing/fake-context.ts'

const stateDir = mkdtempSync(join(tmpdir(), 'weft-status-'))
afterAll(() => rmSync(stateDir, { recursive: true }))

const settings = {
  nodes: 1,
  trustDomain: 'example.org',
  capture: 'proxy',
  workers: 0,
  serviceRange4: '198.19.0.0/16',
  serviceRange6: 'fd77::/64',
  networkRange: '127.66.0.0/16',
  dnsUpstream: [],
  portBase: 15_000,
  ephemeral: false,
} as const

/** A mesh of which only this process is left. */
function writeMesh(supervisor: object): void {
  const plan = planMesh({ mesh: 'try', stateDir }, settings, 'no root', '')
  const parts = [
    { name: 'ca', process: identifyProcess(process.pid), restarts: 0 },
    { name: 'control-plane', process: null, restarts: 3 },
  ]
  mkdirSync(stateDir, { recursive: true })
  writeFileSync(join(stateDir, 'mesh.json'), JSON.stringify({ format: 1, state: 'running', plan, supervisor, parts }))
}

const status = async (...words: string[]) => {
  const context = fakeContext()
  return {
    code: await runCli(['status', '--mesh', 'try', '--state-dir', stateDir, ...words], context),
    ...context.printed,
  }
}

test('status without a control plane shows the parts, and fails as one that is not reached', async () => {
  writeMesh(identifyProcess(process.pid)!)

  const { code, out, err } = await status()

  expect(code).toBe(exitCodes.not_running.code)
  expect(out).toContain('mesh try, trust domain example.org, running, explicit proxy (no root)')
  expect(out).toMatch(/^ca +\d+ +running +0$/m)
  expect(out).toMatch(/^control-plane +- +not running +3$/m)
  expect(err).toMatch(/control plane/)
})

test('status of a mesh whose supervisor is dead says so, in JSON too', async () => {
  writeMesh({ ...identifyProcess(process.pid)!, pid: 2 ** 22 + 1 })

  const { code, out, err } = await status('-o', 'json')

  expect(code).toBe(exitCodes.not_running.code)
  expect(JSON.parse(out)).toMatchObject({
    mesh: 'try',
    state: 'dead: its supervisor is gone',
    parts: [
      { name: 'ca', state: 'running' },
      { name: 'control-plane', state: 'not running' },
    ],
  })
  expect(err).toContain('is not running')
})
