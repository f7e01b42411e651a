import { seededRandom } from '@weft/time/testing'
import {
  backendDefaults,
  type RouteMatch,
  type RouteRule,
  ruleDefaults,
  type StringMatch,
  type WeightedBackend,
} from '@weft/traffic'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CompiledRoute, type RoutableHead } from './compiled-route.ts'

const anything: RouteMatch = { path: null, method: '', headers: [], query: [] }

function ruleOf(name: string, matches: readonly RouteMatch[], backends: readonly WeightedBackend[] = []): RouteRule {
  return { ...ruleDefaults, name, matches, backends }
}

function routeOf(...rules: RouteRule[]): CompiledRoute {
  return new CompiledRoute({ service: 'default/web', port: 80, clientNamespace: '', rules, relay: null })
}

function headOf(path: string, method = 'GET', fields: Record<string, string> = {}): RoutableHead {
  return {
    method,
    path,
    authority: fields['host'] ?? 'web',
    headers: { get: (name) => fields[name.toLowerCase()] ?? null },
  }
}

function meets(match: Partial<RouteMatch>, head: RoutableHead): boolean {
  return routeOf(ruleOf('r', [{ ...anything, ...match }])).match(head) !== null
}

const path = (type: StringMatch['type'], value: string): Partial<RouteMatch> => ({ path: { type, value } })

describe('CompiledRoute.match()', () => {
  test.each([
    ['prefix', '/a', '/a', true],
    ['prefix', '/a', '/a/', true],
    ['prefix', '/a', '/a/b?c', true],
    ['prefix', '/a', '/a?c', true],
    ['prefix', '/a', '/ab', false],
    ['prefix', '/a', '/A', false],
    ['prefix', '/a/', '/a', true],
    ['prefix', '/a/', '/a/b', true],
    ['prefix', '/a/b', '/a?/b', false],
    ['prefix', '/', '/anything', true],
    ['prefix', '/', '*', true],
    ['exact', '/a', '/a', true],
    ['exact', '/a', '/a?x=/', true],
    ['exact', '/a', '/a/', false],
    ['exact', '/a', '/', false],
    ['exact', '/a?x', '/a?x', false],
    ['regex', '/v[0-9]+/.*', '/v2/x?y', true],
    ['regex', '/v[0-9]+', '/v2/x', false],
    ['prefix', '/a', '//a', false],
    ['prefix', '/a', '/b/../a', false],
    ['exact', '/a', '/%61', false],
  ] as const)('path %s %s on %s: %s', (type, value, target, expected) => {
    expect(meets(path(type, value), headOf(target))).toBe(expected)
  })

  test('compares the method exactly', () => {
    expect(meets({ method: 'GET' }, headOf('/'))).toBe(true)
    expect(meets({ method: 'GET' }, headOf('/', 'get'))).toBe(false)
  })

  test('compares headers, whose names ignore case', () => {
    const exact: Partial<RouteMatch> = { headers: [{ name: 'X-Canary', value: { type: 'exact', value: 'yes' } }] }

    expect(meets(exact, headOf('/', 'GET', { 'x-canary': 'yes' }))).toBe(true)
    expect(meets(exact, headOf('/', 'GET', { 'x-canary': 'yes!' }))).toBe(false)
    expect(meets(exact, headOf('/'))).toBe(false)
    const regex: Partial<RouteMatch> = { headers: [{ name: 'x-v', value: { type: 'regex', value: '[12]' } }] }
    expect(meets(regex, headOf('/', 'GET', { 'x-v': '2' }))).toBe(true)
    expect(meets(regex, headOf('/', 'GET', { 'x-v': '12' })), 'in full').toBe(false)
  })

  test('compares the header host with what the request is for, whatever the version of HTTP', () => {
    const host: Partial<RouteMatch> = { headers: [{ name: 'host', value: { type: 'exact', value: 'cart.shop' } }] }

    expect(meets(host, { ...headOf('/'), authority: 'cart.shop' })).toBe(true)
    expect(meets(host, { ...headOf('/'), authority: 'cart' })).toBe(false)
  })

  test.each([
    ['/?a=1', true],
    ['/?b=2&a=1', true],
    ['/?b=2&a=1&c', true],
    ['/?%61=%31', true],
    ['/?a=2&a=1', false],
    ['/?aa=1', false],
    ['/?a=10', false],
    ['/?a', false],
    ['/a=1', false],
    ['/', false],
    ['/?', false],
  ])('query a=1 on %s: %s', (target, expected) => {
    expect(meets({ query: [{ name: 'a', value: { type: 'exact', value: '1' } }] }, headOf(target))).toBe(expected)
  })

  test('reads query values as forms do', () => {
    const spaced: Partial<RouteMatch> = { query: [{ name: 'q', value: { type: 'exact', value: 'a b' } }] }

    expect(meets(spaced, headOf('/?q=a+b'))).toBe(true)
    expect(meets(spaced, headOf('/?q=a%20b'))).toBe(true)
    expect(meets({ query: [{ name: 'q', value: { type: 'exact', value: '%zz' } }] }, headOf('/?q=%zz'))).toBe(true)
  })

  test('takes the first rule that is met, and a rule by any of its matches', () => {
    const route = routeOf(
      ruleOf('first', [
        { ...anything, ...path('exact', '/a') },
        { ...anything, method: 'PUT' },
      ]),
      ruleOf('second', [{ ...anything, ...path('prefix', '/a') }]),
      ruleOf('rest', []),
    )

    const names = [headOf('/a'), headOf('/z', 'PUT'), headOf('/a/b'), headOf('/z')].map(
      (head) => route.match(head)?.rule.name,
    )
    expect(names).toEqual(['first', 'first', 'second', 'rest'])
  })

  test('is null when nothing is met', () => {
    expect(routeOf(ruleOf('r', [{ ...anything, method: 'PUT' }])).match(headOf('/'))).toBeNull()
    expect(routeOf().match(headOf('/'))).toBeNull()
  })

  test('refuses a regex that could not be matched in linear time', () => {
    expect(() => routeOf(ruleOf('r', [{ ...anything, ...path('regex', '(a)\\1') }]))).toThrow('a known escape')
  })

  test('by path is as splitting into elements says', () => {
    const element = fc.constantFrom('a', 'b', 'ab', '')
    const paths = fc.array(element, { maxLength: 4 }).map((elements) => `/${elements.join('/')}`)
    fc.assert(
      fc.property(paths, paths, fc.constantFrom('', '?x', '?/a/b'), (value, target, query) => {
        const wanted = value.replace(/\/$/, '').split('/')
        const expected = wanted.every((part, i) => target.split('/')[i] === part)
        expect(meets(path('prefix', value), headOf(target + query))).toBe(expected)
      }),
    )
  })
})

describe('CompiledRule.chooseBackend()', () => {
  const backend = (service: string, weight: number): WeightedBackend => ({
    ...backendDefaults,
    service,
    port: 80,
    weight,
  })

  function choose(backends: readonly WeightedBackend[], random: () => number): string | null {
    const rule = routeOf(ruleOf('r', [], backends)).match(headOf('/'))!
    return rule.chooseBackend(random)?.service ?? null
  }

  test('keeps to the weights', () => {
    const random = seededRandom(3)
    const counts = { v1: 0, v2: 0, v3: 0 }
    const backends = [backend('v1', 90), backend('v2', 10), backend('v3', 0)]

    for (let i = 0; i < 20_000; i++) counts[choose(backends, random) as keyof typeof counts]++

    expect(counts.v1 / 20_000).toBeCloseTo(0.9, 1)
    expect(counts.v2).toBeGreaterThan(1_800)
    expect(counts.v3).toBe(0)
  })

  test('never falls off the end, or upon a weight of 0', () => {
    const almostOne = 1 - Number.EPSILON / 2
    expect(choose([backend('v1', 1), backend('v2', 0)], () => almostOne)).toBe('v1')
    expect(choose([backend('v1', 0), backend('v2', 1)], () => 0)).toBe('v2')
    expect(choose([backend('v1', 0.1), backend('v2', 0.2)], () => almostOne)).toBe('v2')
  })

  test('is null without backends or weights', () => {
    expect(choose([], () => 0)).toBeNull()
    expect(choose([backend('v1', 0)], () => 0)).toBeNull()
  })
})
