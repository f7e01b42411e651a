import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { defaultHttp1Limits } from './limits.ts'
import { stricterThanLlhttp } from './testing/stricter-than-llhttp.ts'

const page = readFileSync(new URL('../../../../docs/http1.md', import.meta.url), 'utf8')
const rows = page.split('\n').filter((line) => line.startsWith('| `'))
const cells = rows.map((row) => row.split('|').map((cell) => cell.trim().replaceAll('`', '')))

test('docs/http1.md lists what we refuse beyond llhttp as the judge does', () => {
  const listed = cells.filter((row) => row.length === 4).map(([, code, reason]) => [code, reason])

  expect(Object.fromEntries(listed)).toEqual(stricterThanLlhttp)
})

test('docs/http1.md tells every limit with its default', () => {
  const listed = cells.filter((row) => row.length === 6).map(([, name, , value]) => [name, value])
  const numbers = listed.map(([name, value]) => [
    name,
    Number(value!.replaceAll(',', '').replace(' MiB', '')) * (value!.includes('MiB') ? 1024 * 1024 : 1),
  ])

  expect(Object.fromEntries(numbers)).toEqual(defaultHttp1Limits)
})
