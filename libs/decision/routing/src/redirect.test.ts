import type { Redirect } from '@weft/traffic'
import { expect, test } from 'vitest'
import { Redirector } from './redirect.ts'

const nothing: Redirect = { scheme: '', hostname: '', port: 0, path: null, status: 302 }
const head = { scheme: 'http', authority: 'cart.shop:8080', path: '/a?b=c' }

test.each([
  ['nothing but the status', {}, 80, 'http://cart.shop/a?b=c'],
  ['the port that was called is told when it is not the usual one', {}, 8080, 'http://cart.shop:8080/a?b=c'],
  ['a host name', { hostname: 'example.org' }, 80, 'http://example.org/a?b=c'],
  ['a scheme brings its usual port', { scheme: 'https' }, 8080, 'https://cart.shop/a?b=c'],
  ['the same scheme too', { scheme: 'http' }, 8080, 'http://cart.shop/a?b=c'],
  ['a port', { port: 8083 }, 80, 'http://cart.shop:8083/a?b=c'],
  ['the usual port of the scheme is not told', { scheme: 'https', port: 443 }, 80, 'https://cart.shop/a?b=c'],
  ['the usual port of another scheme is', { scheme: 'https', port: 80 }, 80, 'https://cart.shop:80/a?b=c'],
  ['a path', { path: { type: 'full', value: '/x' } }, 80, 'http://cart.shop/x?b=c'],
] as const)('Redirector.location(): %s', (_, redirect, port, expected) => {
  expect(new Redirector({ ...nothing, ...redirect }, null).location(head, port)).toBe(expected)
})

test('Redirector.location() keeps an IPv6 address in its brackets', () => {
  const redirector = new Redirector(nothing, null)

  expect(redirector.location({ ...head, authority: '[fd00::1]' }, 80)).toBe('http://[fd00::1]/a?b=c')
  expect(redirector.location({ ...head, authority: '[fd00::1]:81' }, 81)).toBe('http://[fd00::1]:81/a?b=c')
})
