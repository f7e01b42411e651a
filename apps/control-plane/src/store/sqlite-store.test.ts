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
