import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatMeshIdentity, formatWorkloadIdentity, parseMeshIdentity, parseWorkloadIdentity } from './spiffe-id.ts'

const characters = (allowed: string) => fc.string({ unit: fc.constantFrom(...allowed), minLength: 1, maxLength: 40 })
const trustDomain = characters('abcxyz019._-')
const segment = characters('abcXYZ019._-').filter((text) => text !== '.' && text !== '..')

describe('workload identities', () => {
  test('read back as written', () => {
    fc.assert(
      fc.property(fc.record({ trustDomain, namespace: segment, serviceAccount: segment }), (id) => {
        expect(parseWorkloadIdentity(formatWorkloadIdentity(id))).toEqual(id)
      }),
    )
  })

  test('what is read is what it was written as: no two texts are one identity', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('spiffe://', 'td', '/', 'ns', 'sa', 'a', '%', '.', ' ', 'A') }),
        (text) => {
          const id = parseWorkloadIdentity(text)
          if (id !== null) expect(formatWorkloadIdentity(id)).toBe(text)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test.each([
    '',
    'spiffe://',
    'spiffe://td/ns/a/sa',
    'spiffe://td/ns/a/sa/',
    'spiffe://td/ns/a/sa/b/',
    'spiffe://td/ns/a/sa/b/c',
    'spiffe://td//ns/a/sa/b',
    'spiffe:///ns/a/sa/b',
    'spiffe://TD/ns/a/sa/b',
    'SPIFFE://td/ns/a/sa/b',
    'https://td/ns/a/sa/b',
    'spiffe://td/sa/a/ns/b',
    'spiffe://td/ns/../sa/b',
    'spiffe://td/ns/a/sa/.',
    'spiffe://td/ns/a%2fb/sa/c',
    'spiffe://td:80/ns/a/sa/b',
    'spiffe://u@td/ns/a/sa/b',
    'spiffe://td/ns/a/sa/b?x',
    'spiffe://td/ns/a/sa/b#x',
    'spiffe://td/ns/a/sa/b\n',
    'spiffe://td/ns/é/sa/b',
    `spiffe://td/ns/a/sa/${'b'.repeat(254)}`,
    `spiffe://${'t'.repeat(256)}/ns/a/sa/b`,
  ])('%j is none', (text) => {
    expect(parseWorkloadIdentity(text)).toBeNull()
  })
})

describe('identities of parts of the mesh', () => {
  const longest = `node/${'n'.repeat(253)}` as const
  test.each(['control-plane', 'ca', 'policy', 'node/node1', 'node/a.b-c', longest] as const)(
    '%s reads back',
    (role) => {
      expect(parseMeshIdentity(formatMeshIdentity('cluster.local', role))).toEqual({
        trustDomain: 'cluster.local',
        role,
      })
    },
  )

  test.each([
    'spiffe://td/weft/',
    'spiffe://td/weft/agent',
    'spiffe://td/weft/node/',
    'spiffe://td/weft/node/a/b',
    'spiffe://td/weft/node/-a',
    'spiffe://td/weft/node/A',
    `spiffe://td/weft/node/${'n'.repeat(254)}`,
    'spiffe://td/weft/ca/x',
    'spiffe://td/weft/ca\n',
    'spiffe://td/x/weft/ca',
    'spiffe://td/ns/weft/sa/ca',
  ])('%j is none', (text) => {
    expect(parseMeshIdentity(text)).toBeNull()
  })

  test('a workload can never be taken for a part, nor a part for a workload', () => {
    fc.assert(
      fc.property(trustDomain, segment, segment, (domain, namespace, serviceAccount) => {
        expect(parseMeshIdentity(formatWorkloadIdentity({ trustDomain: domain, namespace, serviceAccount }))).toBeNull()
        expect(parseWorkloadIdentity(formatMeshIdentity(domain, 'ca'))).toBeNull()
      }),
    )
  })
})
