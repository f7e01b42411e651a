import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const table = readFileSync(new URL('../requirements.md', import.meta.url), 'utf8')
const rows = [...table.matchAll(/^\| (?<section>[^|]+?) +\|.*\| `(?<file>[\w/.-]+)` (?<title>[^|]+?) +\|$/gm)]

describe('requirements.md names tests that there are:', () => {
  test.each(rows.map(({ groups }) => [groups!['section']!, groups!['file']!, groups!['title']!]))(
    'section %s: %s, %s',
    (_, file, title) => {
      const [library, name] = file.includes('/') ? (file.split('/') as [string, string]) : ['http2', file]
      const source = readFileSync(new URL(`../../${library}/src/${name}.test.ts`, import.meta.url), 'utf8')

      expect(source).toContain(title)
    },
  )

  test('and all of its rows are read', () => {
    const lines = table.split('\n').filter((line) => /^\| [\d a]/.test(line) && line.includes('`'))

    expect(rows.length).toBe(lines.length)
    expect(rows.length).toBeGreaterThan(60)
  })
})
