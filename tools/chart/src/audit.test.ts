import type { AccessRule } from '@weft/kubernetes'
import { expect, test } from 'vitest'
import { accessReport } from './audit.ts'

const pods: AccessRule = { group: '', resources: ['pods'], verbs: ['list', 'watch'], scope: 'cluster', why: '' }
const secret: AccessRule = {
  group: '',
  resources: ['secrets'],
  verbs: ['get'],
  names: ['weft-ca'],
  scope: 'mesh',
  why: '',
}

function event(verb: string, objectRef: object, decision = 'allow', account = 'weft-ca'): string {
  const user = { username: `system:serviceaccount:weft-system:${account}` }
  return `${JSON.stringify({ verb, user, objectRef, annotations: { 'authorization.k8s.io/decision': decision } })}\n`
}

const everything =
  event('list', { resource: 'pods' }) +
  event('watch', { resource: 'pods' }) +
  event('get', { resource: 'secrets', namespace: 'weft-system', name: 'weft-ca' })

test('nothing is wrong when all is used and nothing else asked', () => {
  expect(accessReport(everything, 'weft-ca', [pods, secret], 'weft-system')).toEqual({ forbidden: [], unused: [] })
})

test('what was forbidden is told once, with where it was asked', () => {
  const refused = event('get', { resource: 'secrets', namespace: 'weft-system', name: 'other' }, 'forbid')

  const { forbidden } = accessReport(everything + refused + refused, 'weft-ca', [pods, secret], 'weft-system')

  expect(forbidden).toEqual(['get core secrets in weft-system named other'])
})

test('verbs, resources, names and places that nobody asked for are told', () => {
  const log =
    event('list', { resource: 'pods' }) +
    event('get', { resource: 'secrets', namespace: 'default', name: 'weft-ca' }) +
    event('watch', { resource: 'pods' }, 'allow', 'weft-agent')

  expect(accessReport(log, 'weft-ca', [pods, secret], 'weft-system').unused).toEqual([
    'watch of core pods',
    'get of core secrets',
    'any of core secrets',
  ])
})

test('a refusal of what is allowed later is no missing rule, and an apply that creates needs both', () => {
  const rule: AccessRule = {
    group: 'weft.dev',
    resources: ['x'],
    verbs: ['create', 'patch'],
    scope: 'cluster',
    why: '',
  }
  const ref = { apiGroup: 'weft.dev', resource: 'x', namespace: 'default', name: 'a' }
  const applied = event('patch', ref).replace('"annotations"', '"responseStatus":{"code":201},"annotations"')

  expect(accessReport(event('patch', ref, 'forbid') + applied, 'weft-ca', [rule], 'weft-system')).toEqual({
    forbidden: [],
    unused: [],
  })
})
