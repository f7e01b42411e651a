import type { AccessRule } from '@weft/kubernetes'
import { names } from './names.ts'

/** What the CA asks of the API server; the chart's roles are made from it. */
export const caAccess: readonly AccessRule[] = [
  {
    group: 'authentication.k8s.io',
    resources: ['tokenreviews'],
    verbs: ['create'],
    scope: 'cluster',
    why: 'parts prove themselves by tokens, which the API server reviews',
  },
  {
    group: '',
    resources: ['pods'],
    verbs: ['list', 'watch'],
    scope: 'cluster',
    why: 'which identities run on which node',
  },
  {
    group: '',
    resources: ['secrets'],
    verbs: ['get', 'update'],
    names: [names.authorities],
    scope: 'mesh',
    why: 'root and issuing authority, sealed',
  },
  {
    group: '',
    resources: ['secrets'],
    verbs: ['get', 'update'],
    names: [names.keyEncryptionKey],
    scope: 'mesh',
    why: 'the key that seals them, and with whom it goes',
  },
  { group: '', resources: ['secrets'], verbs: ['create'], scope: 'mesh', why: 'made at the first start' },
  {
    group: '',
    resources: ['configmaps'],
    verbs: ['get', 'update'],
    names: [names.roots],
    scope: 'mesh',
    why: 'the roots that parts trust',
  },
  { group: '', resources: ['configmaps'], verbs: ['create'], scope: 'mesh', why: 'published at the first start' },
  {
    group: '',
    resources: ['serviceaccounts'],
    verbs: ['get'],
    names: ['weft-ca'],
    scope: 'mesh',
    why: 'with which what it makes is removed',
  },
]
