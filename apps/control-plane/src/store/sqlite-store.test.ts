import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FakeClock } from '@weft/time/testing'
import { SqliteStore } from './sqlite-store.ts'
import { serviceNamed, storeContract } from './testing/store-contract.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'weft-store-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

const open = async () => new SqliteStore(join(directory, 'store.sqlite'), new FakeClock())

storeContract('SqliteStore', open)

test('SqliteStore steps by one revision per change, and gives numbers from 0', async () => {
  const store = await open()
  expect((await store.apply([serviceNamed('a'), serviceNamed('b')], 'ann')).revision).toBe(2)
  expect((await store.apply([serviceNamed('a', 81), serviceNamed('b')], 'ann')).revision).toBe(3)
  expect(await store.remove({ kind: 'Service', namespace: 'default', name: 'a' }, 'ann')).toBe(4)
  expect([await store.numberOf('a', 2), await store.numberOf('b', 2)]).toEqual([0, 1])
  store.close()
  const again = await open()
  expect(again.revision).toBe(4)
  again.close()
})

test('SqliteStore names a file that is not a store, and leaves it as it was', async () => {
  writeFileSync(join(directory, 'store.sqlite'), 'this is a letter, not a database'.repeat(200))
  await expect(open()).rejects.toThrow(/cannot open the store .*store\.sqlite: file is not a database/)
})

test('SqliteStore refuses a damaged store instead of serving half of it', async () => {
  const store = await open()
  await store.apply(
    Array.from({ length: 200 }, (_, i) => serviceNamed(`s${i}`)),
    'ann',
  )
  store.close()
  truncateSync(join(directory, 'store.sqlite'), 8192)
  await expect(open()).rejects.toMatchObject({ code: 'store_failed' })
})
