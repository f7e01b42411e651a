import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { silentLogger } from '@weft/telemetry'
import { FakeClock } from '@weft/time/testing'
import { serviceDefaults } from '@weft/topology'
import { encodeResource } from './encoded-resource.ts'
import { modelResource } from './kinds.ts'
import { type SavedSnapshot, SnapshotFile } from './snapshot-file.ts'

const service = {
  ...serviceDefaults,
  namespace: 'default',
  name: 'cart',
  address4: '198.19.0.1',
  address6: '',
  ports: [],
  selector: {},
}
const { key, hash } = encodeResource('Service', service)
const saved: SavedSnapshot = {
  revision: 7,
  policyRevision: 6,
  resources: [modelResource('Service', service)],
  hashes: { [key]: hash },
}

let directory: string
let path: string
let clock: FakeClock
let file: SnapshotFile

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'weft-snapshot-'))
  path = join(directory, 'state', 'snapshot.json')
  clock = new FakeClock(false)
  file = new SnapshotFile(path, clock, silentLogger)
})
afterEach(() => rmSync(directory, { recursive: true }))

const write = (change: (snapshot: Record<string, never>) => void): void => {
  file.saveNow(saved)
  const snapshot = JSON.parse(readFileSync(path, 'utf8'))
  change(snapshot)
  writeFileSync(path, JSON.stringify(snapshot))
}

describe('SnapshotFile', () => {
  test('load() gives back what was saved, from a file that only its owner may read', () => {
    file.saveNow(saved)

    expect(file.load()).toEqual(saved)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(directory, 'state'))).toEqual(['snapshot.json'])
  })

  test('saveSoon() writes once for many changes, and what is true at that time', () => {
    for (const revision of [1, 2, 3]) file.saveSoon(() => ({ ...saved, revision }))
    expect(file.load()).toBeNull()
    clock.advance(200)

    expect(file.load()!.revision).toBe(3)
  })

  test('retry() writes what could not be written, as it is by then', () => {
    // A folder in its place hinders it, as a full disk would.
    mkdirSync(path, { recursive: true })
    let revision = 1
    file.saveSoon(() => ({ ...saved, revision }))
    clock.advance(200)
    expect(file.trouble).toContain(`Cannot write ${path}: EISDIR`)
    rmSync(path, { recursive: true })
    revision = 2

    file.retry()
    clock.advance(200)
    expect([file.trouble, file.load()!.revision]).toEqual(['', 2])
    rmSync(path)
    file.retry()
    clock.advance(200)
    expect(file.load(), 'nothing to do').toBeNull()
  })

  test('saveSoon() waits the longer the longer a save takes', () => {
    const slow = (revision: number) => (): SavedSnapshot => {
      clock.advance(100)
      return { ...saved, revision }
    }
    file.saveSoon(slow(1))
    clock.advance(200)
    file.saveSoon(slow(2))
    clock.advance(1_900)
    expect(file.load()!.revision).toBe(1)
    clock.advance(100)

    expect(file.load()!.revision).toBe(2)
  })

  test('load() takes a file of an earlier version, with what it lacks as it was meant then', () => {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    write((snapshot: any) => {
      const { isMeshed: _meshed, endpoints: _endpoints, ...earlier } = snapshot.resources[0].value
      snapshot.resources[0].value = earlier
    })

    expect(file.load()).toMatchObject({ resources: [{ value: { isMeshed: true, endpoints: [] } }] })
  })

  test('load() is null when there is no file, or one that is no snapshot', () => {
    expect(file.load()).toBeNull()
    file.saveNow(saved)
    for (const text of ['', '{', 'null', '[]', '{"format":2}', '{"format":1,"resources":{}}']) {
      writeFileSync(path, text)
      expect(file.load(), text).toBeNull()
    }
  })

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the snapshots are wrong on purpose
  test.each<[string, (snapshot: any) => void]>([
    ['a value that is not valid', (snapshot) => (snapshot.resources[0].value.address4 = 'nowhere')],
    ['a kind that does not exist', (snapshot) => (snapshot.resources[0].kind = 'Secret')],
    ["a name that is not its value's", (snapshot) => (snapshot.resources[0].name = 'default/other')],
    ['no revision', (snapshot) => delete snapshot.revision],
  ])('load() is null for a snapshot with %s', (_, change) => {
    write(change as never)

    expect(file.load()).toBeNull()
  })

  test('load() tells by the hash of a value that it was changed, so that the server sends it again', () => {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    write((snapshot: any) => (snapshot.resources[0].value.address4 = '198.19.0.2'))

    expect(file.load()).toMatchObject({ resources: [{ value: { address4: '198.19.0.2' } }] })
    expect(file.load()!.hashes[key]).not.toBe(hash)
  })

  test('a failed write leaves the former snapshot and is counted', () => {
    file.saveNow(saved)
    mkdirSync(`${path}.new`)
    file.saveNow({ ...saved, revision: 8 })

    expect(file.load()!.revision).toBe(7)
    expect(file.writesFailed).toBe(1)
  })
})
