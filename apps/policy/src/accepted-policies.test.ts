import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Authorizer } from '@weft/authz'
import { compileAuthorizationPolicy, validateResource, type AuthorizationPolicyResource } from '@weft/resources'

const pathPieces = fc.constantFrom(
  '/',
  '.',
  '..',
  '...',
  '／',
  '․',
  ';x',
  'a',
  'Ä',
  '%2f',
  '%',
  '\\',
  '?',
  '#',
  '*',
  '\u0000',
  '\u007f',
  '\u0085',
  ' ',
  '(',
  '+',
  '{9}',
)
const paths = fc.array(pathPieces, { maxLength: 6 }).map((pieces) => `/${pieces.join('')}`)
const patterns = fc.constantFrom('a', '(a|b)+', '(', '(a)\\1', 'a{1000}', '[a-', '(?i)x', '\\bx')
const headers = fc.record({
  name: fc.constant('x'),
  type: fc.constantFrom('Exact', 'RegularExpression'),
  value: patterns,
})

test('a policy that is accepted when it is applied compiles where it is enforced', () => {
  let acceptedCount = 0
  fc.assert(
    fc.property(fc.constantFrom('ALLOW', 'DENY'), fc.option(paths), fc.option(headers), (action, path, header) => {
      const to = {
        ports: [80],
        ...(path === null ? {} : { paths: [path] }),
        ...(header === null ? {} : { headers: [header] }),
      }
      const written = {
        apiVersion: 'weft.dev/v1alpha1',
        kind: 'AuthorizationPolicy',
        metadata: { name: 'p' },
        spec: { action, rules: [{ to: [to] }] },
      }
      let resource
      try {
        resource = validateResource(written) as AuthorizationPolicyResource
      } catch {
        return
      }
      acceptedCount++
      const policy = compileAuthorizationPolicy(resource, 'cluster.local')
      new Authorizer([policy], { namespace: 'default', labels: {}, services: [], allowPlaintext: false })
    }),
    { numRuns: 2000 },
  )
  expect(acceptedCount, 'the test would show little if nearly all were refused').toBeGreaterThan(200)
})
