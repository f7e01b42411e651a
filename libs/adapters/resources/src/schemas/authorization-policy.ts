import { valueMatch } from './http-route.ts'
import type { ValueMatch } from './http-route.ts'
import { resourceSchema } from './metadata.ts'
import { array, labels, object, port, type Schema, string, targetRef, words } from './schema.ts'

export interface AuthorizationPolicySpec {
  readonly action: 'ALLOW' | 'DENY'
  readonly targetRefs?: readonly { readonly kind: 'Service'; readonly name: string; readonly group?: '' }[]
  readonly selector?: { readonly matchLabels: Readonly<Record<string, string>> }
  readonly rules?: readonly AuthorizationRuleSpec[]
}

export interface AuthorizationRuleSpec {
  readonly from?: readonly SourceSpec[]
  readonly to?: readonly OperationSpec[]
}

export interface SourceSpec {
  readonly identities?: readonly string[]
  readonly namespaces?: readonly string[]
  readonly notIdentities?: readonly string[]
  readonly notNamespaces?: readonly string[]
  readonly unauthenticated?: boolean
}

export interface OperationSpec {
  readonly ports?: readonly number[]
  readonly methods?: readonly string[]
  readonly paths?: readonly string[]
  readonly headers?: readonly ValueMatch[]
}

const SA = '[A-Za-z0-9._-]+'
const identity = string(
  "A workload: `spiffe://DOMAIN/ns/NAMESPACE/sa/ACCOUNT`, or `NAMESPACE/ACCOUNT` in the mesh's own trust domain. A `*` at the end stands for anything: `shop/*`, `spiffe://other.example/*`; `*` alone is any workload with an identity.",
  `^(\\*|${SA}/(\\*|${SA}\\*?)|spiffe://(\\*|[a-z0-9._-]+\\*?|[a-z0-9._-]+/[A-Za-z0-9._/-]*\\*?))$`,
  "an identity such as shop/web, shop/*, spiffe://cluster.local/ns/shop/sa/web; '*' only at the end",
  2048,
)
const namespace = string(
  'A namespace; a `*` at the end stands for anything.',
  '^([a-z0-9]([-a-z0-9]*[a-z0-9])?|[a-z0-9]?[-a-z0-9]*\\*)$',
  "the name of a namespace; '*' only at the end",
  64,
)
const path = string(
  'A path as it is, or all that begin with it: `/admin/*` is `/admin` and everything below it, `/v1*` every path that begins with /v1. The path is compared after decoding, without query.',
  '^/[^*?#%\\\\\\x00-\\x20\\x7f-\\x9f]*\\*?$',
  "a path that begins with /, without '?', '#' and '%'; '*' only at the end",
  1024,
)
const method = string(
  'A method, in upper case as clients send it.',
  '^[A-Z][A-Z0-9_-]*$',
  'a method in upper case such as GET',
  32,
)
const some = (description: string, items: Schema): Schema => array(description, items, 256, 1)

const source = object(
  'A caller. All given fields must hold.',
  {
    identities: some('One of these identities.', identity),
    namespaces: some('An identity in one of these namespaces.', namespace),
    notIdentities: some('None of these identities.', identity),
    notNamespaces: some('An identity in none of these namespaces.', namespace),
    unauthenticated: {
      type: 'boolean',
      description: 'Also callers without an identity: plaintext from outside the mesh. False when absent.',
    },
  },
  [],
  { minProperties: 1 },
)

const operation = object(
  'What is asked for. All given fields must hold. With methods, paths or headers it is about HTTP requests only.',
  {
    ports: some('One of these ports of the workload.', port('Port.')),
    methods: some('One of these methods.', method),
    paths: some('One of these paths.', path),
    headers: some('All of these headers.', valueMatch('header')),
  },
  [],
  { minProperties: 1 },
)

const rule = object('A caller of `from` that asks for something of `to`. A rule without both is met by everything.', {
  from: some('One of these callers; anyone when absent.', source),
  to: some('One of these operations; any when absent.', operation),
})

export const authorizationPolicySchema = resourceSchema(
  'weft.dev/v1alpha1',
  'AuthorizationPolicy',
  'Who may call what. DENY is decided before ALLOW; what no ALLOW of a workload admits is denied once it has one.',
  object(
    'For which workloads, what happens, to whom. Without targetRefs and selector: for all workloads of the namespace.',
    {
      action: words('What happens to traffic that meets a rule.', 'ALLOW', 'DENY'),
      targetRefs: array('For the workloads of these services.', targetRef('Service'), 16, 1),
      selector: object(
        'For the workloads with these labels.',
        { matchLabels: { ...labels('All of them must be there.'), minProperties: 1 } },
        ['matchLabels'],
      ),
      rules: array('Rules; one of them must be met. ALLOW without any admits nobody.', rule, 256),
    },
    ['action'],
  ),
)
