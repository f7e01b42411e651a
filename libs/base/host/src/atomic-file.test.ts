import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeFileAtomic } from './atomic-file.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'weft-atomic-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

test('writeFileAtomic() replaces content and mode and leaves nothing else', () => {
  const path = join(dir, 'state')
  writeFileSync(path, 'old', { mode: 0o644 })
  writeFileSync(`${path}.new`, 'left by a crash')

  writeFileAtomic(path, 'new')

  expect(readFileSync(path, 'utf8')).toBe('new')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(dir)).toEqual(['state'])
})

test('writeFileAtomic() that fails leaves the former content and says why', () => {
  const path = join(dir, 'taken')
  mkdirSync(join(path, 'inside'), { recursive: true })

  expect(() => writeFileAtomic(path, 'new')).toThrow(`Cannot write ${path}: EISDIR`)
  expect(() => writeFileAtomic(join(dir, 'none', 'x'), 'new')).toThrow('ENOENT')
  expect(readdirSync(dir)).toEqual(['taken'])
})

test('writeFileAtomic() gives the mode that was asked for, whatever the umask', () => {
  const path = join(dir, 'published')
  const before = process.umask(0o077)
  try {
    writeFileAtomic(path, 'roots', 0o644)
  } finally {
    process.umask(before)
  }
  expect(statSync(path).mode & 0o777).toBe(0o644)
})
