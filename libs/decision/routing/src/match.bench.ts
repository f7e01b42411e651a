import { type RouteRule, ruleDefaults } from '@weft/traffic'
import { bench, describe } from 'vitest'
import { CompiledRoute } from './compiled-route.ts'

/** The last of 20 rules, by prefix and by regex; a bare prefix comparison is the baseline. */
describe('match the last of 20 rules', () => {
  const rule = (name: string, type: 'prefix' | 'regex', value: string): RouteRule => ({
    ...ruleDefaults,
    name,
    matches: [{ path: { type, value }, method: '', headers: [], query: [] }],
  })
  const routeOf = (type: 'prefix' | 'regex', suffix: string): CompiledRoute =>
    new CompiledRoute({
      service: 'default/web',
      port: 80,
      clientNamespace: '',
      relay: null,
      rules: Array.from({ length: 20 }, (_, i) => rule(`r${i}`, type, `/service-${i}${suffix}`)),
    })
  const head = { method: 'GET', path: '/service-19/users?id=7', authority: 'web', headers: { get: () => null } }
  const byPrefix = routeOf('prefix', '')
  const byRegex = routeOf('regex', '/[a-z]+')

  bench('baseline: one comparison', () => void head.path.startsWith('/service-19/'))
  bench('by prefix', () => void byPrefix.match(head))
  bench('by regex', () => void byRegex.match(head))
})
