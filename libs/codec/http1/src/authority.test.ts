import { expect, test } from 'vitest'
import { isAuthority, isAuthorityWithPort, isSameAuthority } from './authority.ts'

test.each([
  'a',
  'cart.default.svc.cluster.local',
  'a:80',
  'a:',
  '127.0.0.1:65535',
  '[::]',
  '[::1]:80',
  '[fd77:6566:7400::1]',
  '[1:2:3:4:5:6:7:8]',
  '[::ffff:10.0.0.1]',
  'under_score',
])('isAuthority() takes %s', (text) => {
  expect(isAuthority(text)).toBe(true)
})

test.each([
  '',
  ':80',
  'a:80:80',
  'a:65536',
  'a:-1',
  'a b',
  'a/b',
  'a?b',
  'a#b',
  'u@a',
  'a\\b',
  '[::1',
  '::1',
  '[1:2:3]',
  '[1::2::3]',
  '[::1]x',
  '[::1]80',
  '[::g]',
  '[1:2:3:4:5:6:7:8:9]',
  '[::256.0.0.1]',
  '[::01.0.0.1]',
  'é',
  'x%20y',
])('isAuthority() refuses %j', (text) => {
  expect(isAuthority(text)).toBe(false)
})

test('isAuthorityWithPort() wants the port', () => {
  expect(['a:1', '[::1]:443', 'a', 'a:', '[::1]'].map(isAuthorityWithPort)).toEqual([true, true, false, false, false])
})

test('isSameAuthority() ignores case and the port of the scheme only', () => {
  expect(isSameAuthority('A:80', 'a', 'http')).toBe(true)
  expect(isSameAuthority('a:443', 'a', 'https')).toBe(true)
  expect(isSameAuthority('a:443', 'a', 'http')).toBe(false)
  expect(isSameAuthority('a:8080', 'a', 'http')).toBe(false)
  expect(isSameAuthority('[::1]:80', '[::1]', 'http')).toBe(true)
})
