import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FakeClock } from '@weft/time/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FileWatch } from './file-watch.ts'

let directory: string
let told: number
let clock: FakeClock
let watch: FileWatch

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'weft-watch-'))
  told = 0
  clock = new FakeClock(false)
  watch = new FileWatch(clock, () => told++)
})
afterEach(() => {
  watch.stop()
  rmSync(directory, { recursive: true })
})

const path = (name: string): string => join(directory, name)

test('FileWatch tells of a change once it has settled, and once', () => {
  writeFileSync(path('edge.yaml'), 'one')
  watch.watch([path('edge.yaml')])
  clock.advance(1_000)
  expect(told, 'nothing changed').toBe(0)

  writeFileSync(path('edge.yaml'), 'one and a half')
  clock.advance(250)
  writeFileSync(path('edge.yaml'), 'one and a half and more')
  clock.advance(250)
  expect(told, 'it is still being written').toBe(0)
  clock.advance(250)
  expect(told).toBe(1)
  clock.advance(5_000)
  expect(told).toBe(1)
})

test('FileWatch sees a file replaced by rename with one of the same size', () => {
  writeFileSync(path('edge.yaml'), 'one')
  watch.watch([path('edge.yaml')])
  writeFileSync(path('new'), 'two')
  renameSync(path('new'), path('edge.yaml'))
  clock.advance(1_000)

  expect(told).toBe(1)
})

test('FileWatch sees the link behind a link turned', () => {
  for (const name of ['..1', '..2']) {
    mkdirSync(path(name))
    writeFileSync(join(path(name), 'edge.yaml'), 'same')
  }
  symlinkSync('..1', path('..data'))
  symlinkSync('..data/edge.yaml', path('edge.yaml'))
  watch.watch([path('edge.yaml')])
  symlinkSync('..2', path('next'))
  renameSync(path('next'), path('..data'))
  clock.advance(1_000)

  expect(told).toBe(1)
})

test('FileWatch takes other files in without a word, and keeps what it knows of those that stay', () => {
  writeFileSync(path('edge.yaml'), 'one')
  watch.watch([path('edge.yaml')])
  writeFileSync(path('edge.yaml'), 'other')
  writeFileSync(path('cert.pem'), 'pem')
  watch.watch([path('edge.yaml'), path('cert.pem')])
  clock.advance(1_000)
  expect(told, 'the change between is not lost').toBe(1)

  rmSync(path('cert.pem'))
  clock.advance(1_000)
  expect(told, 'a file that goes is a change').toBe(2)
})
