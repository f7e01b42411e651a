import type { AuthorizationPolicy, AuthorizationRule, OperationMatch, SourceMatch, StringMatch } from '@weft/traffic'
import { describe, expect, test } from 'vitest'
import { Authorizer, type GovernedWorkload } from './authorizer.ts'
import { Source } from './source.ts'

const workload: GovernedWorkload = {
  namespace: 'shop',
  labels: { app: 'cart' },
  services: ['cart'],
  allowPlaintext: false,
}
const web = new Source('spiffe://cluster.local/ns/shop/sa/web')
const job = new Source('spiffe://cluster.local/ns/batch/sa/job')
const plaintext = new Source(null)

const anyone: SourceMatch = {
  identities: [],
  namespaces: [],
  notIdentities: [],
  notNamespaces: [],
  unauthenticated: false,
}
const anything: OperationMatch = { ports: [], methods: [], paths: [], headers: [] }

function policyOf(action: 'ALLOW' | 'DENY', ...rules: Partial<AuthorizationRule>[]): AuthorizationPolicy {
  return {
    name: `AuthorizationPolicy/shop/${action.toLowerCase()}`,
    namespace: 'shop',
    action,
    selector: {},
    services: [],
    rules: rules.map((rule) => ({ from: [], to: [], ...rule })),
  }
}

const from = (source: Partial<SourceMatch>): Partial<AuthorizationRule> => ({ from: [{ ...anyone, ...source }] })
const to = (operation: Partial<OperationMatch>): Partial<AuthorizationRule> => ({ to: [{ ...anything, ...operation }] })
const paths = (type: StringMatch['type'], ...values: string[]): Partial<AuthorizationRule> =>
  to({ paths: values.map((value) => ({ type, value })) })

function request(path: string, method = 'GET', fields: [string, string][] = []) {
  return { method, path, headers: { getAll: (name: string) => fields.filter((f) => f[0] === name).map((f) => f[1]) } }
}

function verdict(policies: AuthorizationPolicy[], path: string, source = web): string {
  return new Authorizer(policies, workload).decideRequest(source, 80, request(path)).verdict
}

describe('Authorizer without policies', () => {
  test('admits every authenticated caller and refuses plaintext, with the reason', () => {
    const authorizer = new Authorizer([], workload)

    expect(authorizer.decideConnection(job, 80).verdict).toBe('allow')
    expect(authorizer.decideConnection(plaintext, 80)).toMatchObject({
      verdict: 'deny',
      code: 'plaintext_refused',
      rule: '',
      message: expect.stringContaining('expected mutual TLS'),
    })
  })

  test('admits plaintext where the workload allows it', () => {
    expect(new Authorizer([], { ...workload, allowPlaintext: true }).decideConnection(plaintext, 80).verdict).toBe(
      'allow',
    )
  })

  test('leaves out policies of other namespaces, labels and services', () => {
    const others = [
      { ...policyOf('DENY', {}), namespace: 'bank' },
      { ...policyOf('DENY', {}), selector: { app: 'web' } },
      { ...policyOf('DENY', {}), services: ['web'] },
      { ...policyOf('DENY', {}), selector: { app: 'cart' }, services: ['web'] },
    ]

    expect(verdict(others, '/')).toBe('allow')
    expect(verdict([{ ...policyOf('DENY', {}), selector: { app: 'cart' }, services: ['cart'] }], '/')).toBe('deny')
  })
})

describe('Authorizer with policies', () => {
  test('decides DENY before ALLOW and names the rule', () => {
    const authorizer = new Authorizer(
      [policyOf('ALLOW', {}), policyOf('DENY', from({ namespaces: ['x'] }), from({ namespaces: ['shop'] }))],
      workload,
    )

    expect(authorizer.decideConnection(web, 80)).toMatchObject({
      verdict: 'deny',
      code: 'denied',
      rule: 'AuthorizationPolicy/shop/deny#1',
    })
    expect(authorizer.decideConnection(job, 80)).toMatchObject({
      verdict: 'allow',
      rule: 'AuthorizationPolicy/shop/allow#0',
    })
  })

  test('denies by default once there is an ALLOW, even one without rules', () => {
    const authorizer = new Authorizer([policyOf('ALLOW')], workload)

    expect(authorizer.decideConnection(web, 80)).toMatchObject({
      verdict: 'deny',
      code: 'denied',
      rule: 'AuthorizationPolicy/shop/allow',
    })
    expect(authorizer.decideConnection(plaintext, 80).code).toBe('plaintext_refused')
  })

  test('an ALLOW for anybody does not admit plaintext, one that says so does', () => {
    expect(verdict([policyOf('ALLOW', {})], '/', plaintext)).toBe('deny')
    expect(verdict([policyOf('ALLOW', from({}))], '/', plaintext)).toBe('deny')
    expect(verdict([policyOf('ALLOW', from({ notNamespaces: ['batch'] }))], '/', plaintext)).toBe('deny')
    expect(verdict([policyOf('ALLOW', from({ unauthenticated: true }))], '/', plaintext)).toBe('allow')
  })

  test('a DENY of everybody but some meets plaintext too', () => {
    const open = { ...workload, allowPlaintext: true }
    const deny = policyOf('DENY', from({ notNamespaces: ['shop'] }))

    expect(new Authorizer([deny], open).decideConnection(plaintext, 80).verdict).toBe('deny')
    expect(
      new Authorizer([policyOf('DENY', from({ namespaces: ['batch'] }))], open).decideConnection(plaintext, 80).verdict,
    ).toBe('allow')
  })

  test('a trailing * is a beginning, and the namespace comes from the SPIFFE ID alone', () => {
    const allow = policyOf('ALLOW', from({ identities: ['spiffe://cluster.local/ns/shop/*'] }))
    expect(verdict([allow], '/', web)).toBe('allow')
    expect(verdict([allow], '/', new Source('spiffe://cluster.local/ns/shopping/sa/web'))).toBe('deny')

    const byNamespace = policyOf('ALLOW', from({ namespaces: ['shop'] }))
    expect(verdict([byNamespace], '/', new Source('spiffe://cluster.local/ns/shop/sa/web/extra'))).toBe('deny')
    expect(verdict([byNamespace], '/', new Source('spiffe://cluster.local/weft/node/shop'))).toBe('deny')
  })

  test('asks for the request where the answer depends on it, and fails closed when there is none', () => {
    const deny = new Authorizer([policyOf('DENY', to({ methods: ['POST'] }))], workload)
    expect(deny.decideConnection(web, 80).verdict).toBe('needs-request')
    expect(deny.decideTcp(web, 80).verdict, 'a DENY that asks for HTTP denies TCP').toBe('deny')

    const allow = new Authorizer([policyOf('ALLOW', to({ ports: [80], methods: ['GET'] }))], workload)
    expect(allow.decideConnection(web, 80).verdict).toBe('needs-request')
    expect(allow.decideConnection(web, 81).verdict, 'another port: no need to ask').toBe('deny')
    expect(allow.decideTcp(web, 80).verdict, 'an ALLOW that asks for HTTP does not allow TCP').toBe('deny')
  })

  test('a header given twice meets a DENY by either value, an ALLOW by both', () => {
    const headers = to({ headers: [{ name: 'x-role', value: { type: 'exact', value: 'admin' } }] })
    const twice = request('/', 'GET', [
      ['x-role', 'admin'],
      ['x-role', 'guest'],
    ])

    expect(new Authorizer([policyOf('DENY', headers)], workload).decideRequest(web, 80, twice).verdict).toBe('deny')
    expect(new Authorizer([policyOf('ALLOW', headers)], workload).decideRequest(web, 80, twice).verdict).toBe('deny')
  })
})

/** Every spelling here reaches /admin on some server; none may get around a DENY of it, or into an ALLOW of /public. */
const tricks = [
  '/admin',
  '/admin/',
  '/admin?x=1',
  '/ADMIN',
  '/Admin/users',
  '//admin',
  '///admin//users',
  '/./admin',
  '/x/../admin',
  '/x/..//admin',
  '/%61dmin',
  '/%61%64%6d%69%6e',
  '/%2e/admin',
  '/x/%2e%2e/admin',
  '/x/.%2E/admin',
  '/public/../admin',
  '/public/%2e%2e/admin',
  '/public/..;/admin',
  '/public/..;x=y/admin',
  '/public/.;/../admin',
  '/public%2f..%2fadmin',
  '/public/..%2fadmin',
  '/public/..%5cadmin',
  '/public/..\\admin',
  '/public/%252e%252e/admin',
  '/public/..%252fadmin',
  '/public/%c0%ae%c0%ae/admin',
  '/public/..%c0%afadmin',
  '/admin;x=1',
  '/admin;x=1/users',
  '/;x/admin',
  '/%3bx/admin',
  '/admin%00',
  '/admin%0a',
  '/admin#',
  '/admin%',
  '/../admin',
  '/public/../../admin',
  'admin',
  'http://host/admin',
  '/admin%20/users',
  '/%20admin/users',
  '/admin%20',
  '/admin%C2%A0/users',
  '/admin./users',
  '/admin%2e/users',
  '/admin.%20.',
  '/admin%3f/users',
  '/admin%23/users',
  '/admin%3bx/users',
  '/%EF%BD%81dmin', // full width a
  '/adm%C4%B1n', // dotless i, whose capital is I
  '/%E2%93%90dmin', // a in a circle
  '/public%EF%BC%8F..%EF%BC%8Fadmin', // full width slashes
  '/public/%EF%BC%8E%EF%BC%8E/admin', // full width dots
  '/public/%E2%80%A5/admin', // two dots as one character
  '/public/%2e%2e%20/admin',
  '/public/..%20/admin',
  '/public/.../admin',
  '/public/..%20;x/admin',
  '/public/%2e%20%2e/admin',
  '/x/\u00e9/../admin',
]

describe('paths', () => {
  const deny = policyOf('DENY', paths('prefix', '/admin'))
  const allow = policyOf('ALLOW', paths('prefix', '/public'))

  test.each(tricks)('%j does not get around a DENY of /admin', (path) => {
    expect(verdict([deny], path)).toBe('deny')
  })

  test.each(tricks)('%j does not pass for /public', (path) => {
    expect(verdict([allow], path)).toBe('deny')
  })

  test.each([
    '/public',
    '/public/',
    '/public/a.b/..c/%20x',
    '/public/caf%C3%A9',
    '/a/../public',
    '/public/a%23b',
    '/public/v=1;x',
    '/public/U.S./Mr.',
    '/public/a%20b',
    '/public/why%3f',
  ])('%j is an ordinary way of asking for /public', (path) => {
    expect(verdict([allow], path)).toBe('allow')
    expect(verdict([deny], path)).toBe('allow')
  })

  test('ALLOW keeps to case, DENY does not', () => {
    expect(verdict([allow], '/PUBLIC')).toBe('deny')
    expect(verdict([policyOf('DENY', paths('exact', '/Admin'))], '/aDMIN')).toBe('deny')
    expect(verdict([policyOf('DENY', paths('regex', '/adm[i]n'))], '/ADMIN')).toBe('deny')
    expect(verdict([policyOf('DENY', paths('regex', '(?i)/adm[i]n'))], '/ADMIN')).toBe('deny')
    const method = to({ methods: ['post'] })
    expect(
      new Authorizer([policyOf('DENY', method)], workload).decideRequest(web, 80, request('/', 'POST')).verdict,
    ).toBe('deny')
    expect(
      new Authorizer([policyOf('ALLOW', method)], workload).decideRequest(web, 80, request('/', 'POST')).verdict,
    ).toBe('deny')
  })

  test('an exact path of a DENY is met with a slash at its end too, of an ALLOW not', () => {
    expect(verdict([policyOf('DENY', paths('exact', '/admin'))], '/Admin/')).toBe('deny')
    expect(verdict([policyOf('DENY', paths('exact', '/admin/'))], '/admin')).toBe('deny')
    expect(verdict([policyOf('DENY', paths('exact', '/admin'))], '/admin/x')).toBe('allow')
    expect(verdict([policyOf('ALLOW', paths('exact', '/admin'))], '/admin/')).toBe('deny')
  })

  test('a strange path matters only where a rule asks for paths', () => {
    expect(verdict([policyOf('DENY', to({ methods: ['POST'] }))], '/a%2fb')).toBe('allow')
  })

  test('wanted paths are read like requested ones', () => {
    expect(verdict([policyOf('ALLOW', paths('exact', '/caf%C3%A9'))], '/caf%c3%a9')).toBe('allow')
    expect(verdict([policyOf('ALLOW', paths('exact', '*'))], '*')).toBe('allow')
    expect(verdict([policyOf('ALLOW', paths('exact', '/café'))], '/caf%C3%A9')).toBe('allow')
    expect(verdict([policyOf('DENY', paths('exact', '/café'))], '/CAF%C3%89')).toBe('deny')
  })

  test('octets beyond ASCII that are not encoded meet every DENY of paths and no ALLOW', () => {
    const octets = '/caf\u00c3\u00a9' // UTF-8 read as Latin-1, as heads are
    expect(verdict([policyOf('DENY', paths('exact', '/café'))], octets)).toBe('deny')
    expect(verdict([policyOf('ALLOW', paths('prefix', '/'))], octets)).toBe('deny')
  })

  test.each(['/a%2fb', 'relative', '/..', '/a?b', '/a\\b', '/\ud800'])(
    'refuses a policy about %j, which has no one meaning',
    (value) => {
      expect(() => new Authorizer([policyOf('DENY', paths('exact', value))], workload)).toThrow(
        `AuthorizationPolicy/shop/deny#0: path ${JSON.stringify(value)}: expected a path`,
      )
    },
  )

  test('refuses a regex that could take for ever', () => {
    expect(() => new Authorizer([policyOf('DENY', paths('regex', '(a)\\1'))], workload)).toThrow('a known escape')
  })
})
