import { expect, test } from 'vitest'
import { HostTable } from './host-table.ts'

const table = new HostTable<string>([
  ['', 'any'],
  ['*.example.com', 'below'],
  ['*.eu.example.com', 'further below'],
  ['shop.example.com', 'shop'],
])

test.each([
  ['shop.example.com', 'shop'],
  ['shop.example.com:8080', 'shop'],
  ['SHOP.Example.COM:80', 'shop'],
  ['shop.example.com.', 'shop'],
  ['web.example.com', 'below'],
  ['a.b.example.com', 'below'],
  ['a.eu.example.com', 'further below'],
  ['eu.example.com', 'below'],
  ['example.com', 'any'],
  ['.example.com', 'any'],
  ['notexample.com', 'any'],
  ['', 'any'],
  ['127.0.0.1:80', 'any'],
  ['[::1]:80', 'any'],
  ['[::1]', 'any'],
])('HostTable finds the most specific name for %s', (authority, expected) => {
  expect(table.find(authority)).toBe(expected)
})

test('HostTable finds nothing where no name is for it', () => {
  const named = new HostTable<string>([['shop.example.com', 'shop']])
  expect(named.find('web.example.com')).toBeNull()
  expect(new HostTable<string>([]).find('web.example.com')).toBeNull()
})
