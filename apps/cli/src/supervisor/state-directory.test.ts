import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkStateDirectory, removeRuntimeState } from './state-directory.ts'

const uid = process.getuid!()
let stateDir: string
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'weft-state-'))
  chmodSync(stateDir, 0o755)
})
afterEach(() => rmSync(stateDir, { recursive: true }))

function check(as = uid): Promise<void> {
  return checkStateDirectory({ mesh: 'm', stateDir }, as)
}

test('a new directory, an empty one and one of a mesh are taken', async () => {
  await expect(checkStateDirectory({ mesh: 'm', stateDir: join(stateDir, 'new') }, uid)).resolves.toBeUndefined()
  await expect(check()).resolves.toBeUndefined()
  for (const name of ['ca', 'agent-node12', 'tokens', 'runs', 'logs']) mkdirSync(join(stateDir, name))
  for (const name of ['mesh.json', 'supervisor.lock', 'plan.json']) writeFileSync(join(stateDir, name), '')
  await expect(check()).resolves.toBeUndefined()
})

test('a directory that others use is refused, and stays as it was', async () => {
  writeFileSync(join(stateDir, 'somebody.txt'), '')
  await expect(check()).rejects.toThrow(/holds "somebody.txt", which is not of a mesh: expected/)
  expect(statSync(stateDir).mode & 0o777).toBe(0o755)
})

test("another user's directory is refused, whatever is in it", async () => {
  await expect(check(uid + 1)).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('belongs to') })
})

test('a file is refused', async () => {
  const file = join(stateDir, 'file')
  writeFileSync(file, '')
  await expect(checkStateDirectory({ mesh: 'm', stateDir: file }, uid)).rejects.toThrow(/is no directory/)
})

test('a mesh that is down remembers its resources, but no programs that ran', async () => {
  mkdirSync(join(stateDir, 'control-plane'))
  for (const name of ['workloads.json', 'store.sqlite']) writeFileSync(join(stateDir, 'control-plane', name), '')

  await removeRuntimeState({ mesh: 'm', stateDir } as unknown as Parameters<typeof removeRuntimeState>[0])

  expect(readdirSync(join(stateDir, 'control-plane'))).toEqual(['store.sqlite'])
})
