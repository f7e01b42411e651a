import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PathChanger } from './path-change.ts'

const prefixOf = (value: string) => ({ path: { type: 'prefix', value }, method: '', headers: [], query: [] }) as const

// Source: the table of Gateway API, HTTPPathModifier.
test.each([
  ['/foo/bar', '/foo', '/xyz', '/xyz/bar'],
  ['/foo/bar', '/foo', '/xyz/', '/xyz/bar'],
  ['/foo/bar', '/foo/', '/xyz', '/xyz/bar'],
  ['/foo/bar', '/foo/', '/xyz/', '/xyz/bar'],
  ['/foo', '/foo', '/xyz', '/xyz'],
  ['/foo/', '/foo', '/xyz', '/xyz/'],
  ['/foo/bar', '/foo', '', '/bar'],
  ['/foo/', '/foo', '', '/'],
  ['/foo', '/foo', '', '/'],
  ['/foo/', '/foo', '/', '/'],
  ['/foo', '/foo', '/', '/'],
  ['/bar', '/', '/xyz', '/xyz/bar'],
  ['/', '/', '/xyz', '/xyz/'],
])('of %s the prefix %s replaced by %j gives %s', (path, prefix, value, expected) => {
  const changer = new PathChanger({ type: 'prefix', value }, prefixOf(prefix))

  expect(changer.change(path, path.length)).toBe(expected)
  expect(changer.change(`${path}?a=/b`, path.length)).toBe(`${expected}?a=/b`)
})

test('without a path in the match a prefix is put before the whole path', () => {
  expect(new PathChanger({ type: 'prefix', value: '/v2' }, null).change('/a', 2)).toBe('/v2/a')
})

test('a full path replaces all of it and keeps the query', () => {
  const changer = new PathChanger({ type: 'full', value: '/one/' }, prefixOf('/a'))

  expect(changer.change('/a/b?c=d', 4)).toBe('/one/?c=d')
})

test('the target of an OPTIONS request for the whole server stays', () => {
  expect(new PathChanger({ type: 'prefix', value: '/x' }, null).change('*', 1)).toBe('*')
})

test('what is changed is a path, begins with the new prefix, and ends as the old one did', () => {
  const elements = fc
    .array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 })
    .map((names) => names.map((n) => `/${n}`).join(''))
  fc.assert(
    fc.property(elements, elements, elements, (prefix, rest, value) => {
      const changed = new PathChanger({ type: 'prefix', value }, prefixOf(prefix || '/')).change(
        prefix + rest,
        prefix.length + rest.length,
      )
      expect(changed).toBe(value + rest || '/')
    }),
  )
})
