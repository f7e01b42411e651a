import type { AuthorizationPolicy } from '@weft/traffic'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Authorizer } from './authorizer.ts'
import { Source } from './source.ts'
import { modelServers } from './testing/index.ts'

const caller = new Source('spiffe://cluster.local/ns/shop/sa/web')

function authorizer(action: 'ALLOW' | 'DENY', path: string): Authorizer {
  const to = [{ ports: [], methods: [], paths: [{ type: 'prefix' as const, value: path }], headers: [] }]
  const name = 'AuthorizationPolicy/shop/one'
  const rules = [{ from: [], to }]
  const policy: AuthorizationPolicy = { name, namespace: 'shop', action, selector: {}, services: [], rules }
  return new Authorizer([policy], { namespace: 'shop', labels: {}, services: [], allowPlaintext: false })
}

const isAllowed = (decider: Authorizer, path: string): boolean =>
  decider.decideRequest(caller, 80, { method: 'GET', path, headers: { getAll: () => [] } }).verdict === 'allow'

const isBelow = (path: string, root: string): boolean => path === root || path.startsWith(`${root}/`)

/** Pieces of which tricks are made, and some that are honest. */
const piece = fc.constantFrom(
  ...['/', '/', '/', '//', '.', '..', '/..', '/../', '\\', ';', ';x=y', ' ', '#', '?'],
  ...[
    '%2f',
    '%2F',
    '%5c',
    '%2e',
    '%2e%2e',
    '%252e',
    '%252f',
    '%25',
    '%',
    '%3b',
    '%3f',
    '%23',
    '%20',
    '%00',
    '%09',
    '%a0',
  ],
  ...['admin', 'ADMIN', '%61dmin', 'adm%69n', '%2561dmin', 'public', 'a', 'x', '\u00e9', '%c3%a9', '%C2%A0', '%c0%ae'],
  ...['%EF%BC%8F', '%EF%BC%8E', '%E2%80%A5', '%EF%BD%81dmin', 'adm%C4%B1n', '%u002f', '%EF%BC%9B', '%EF%BC%85'],
)
const path = fc.array(piece, { minLength: 1, maxLength: 9 }).map((pieces) => `/${pieces.join('')}`)

describe('however a path is spelled', () => {
  test('what a DENY lets pass is read by no server as what was denied', () => {
    const deny = authorizer('DENY', '/admin')
    fc.assert(
      fc.property(path, (target) => {
        if (!isAllowed(deny, target)) return
        for (const read of modelServers) expect([target, isBelow(read(target), '/admin')]).toEqual([target, false])
      }),
      { numRuns: 250 },
    )
  })

  test('what an ALLOW lets pass is read by no server that heeds case as anything else', () => {
    const allow = authorizer('ALLOW', '/public')
    fc.assert(
      fc.property(path, (tail) => {
        const target = `/public${tail}`
        if (!isAllowed(allow, target)) return
        for (const read of modelServers) expect([target, isBelow(read(target), '/public')]).toEqual([target, true])
      }),
      { numRuns: 250 },
    )
  })

  test.each(['/public/..%3f/', '/x%3f/../public', '/x%23/../public', '/public/x%3fy/..%23z/..', '/pub%3f/../public'])(
    'an ALLOW does not let %s pass, which ends before it goes up for some',
    (target) => expect(isAllowed(authorizer('ALLOW', '/public'), target)).toBe(false),
  )

  test.each(['/public/what%3f', '/public/what%3fnot/more', '/public/%23'])('an ALLOW lets %s pass', (target) =>
    expect(isAllowed(authorizer('ALLOW', '/public'), target)).toBe(true),
  )

  test('an honest path meets what it says', () => {
    const segment = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,8}(\.[a-z]{1,4})?$/)
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), fc.boolean(), (segments, encodes) => {
        const spelled = segments.map((one) => (encodes ? `%${one.charCodeAt(0).toString(16)}${one.slice(1)}` : one))
        expect(isAllowed(authorizer('ALLOW', `/${segments[0]}`), `/${spelled.join('/')}`)).toBe(true)
        expect(isAllowed(authorizer('DENY', `/${segments[0]}`), `/${spelled.join('/')}`)).toBe(false)
        expect(isAllowed(authorizer('DENY', `/${segments[0]}x`), `/${spelled.join('/')}`)).toBe(true)
      }),
    )
  })
})
