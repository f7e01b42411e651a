import { hostname, objectName } from './gateway.ts'
import { resourceSchema } from './metadata.ts'
import { backendRef, type BackendRef, parentRefs, type ParentRef } from './references.ts'
import { headerName, httpFilters, type RouteFilter } from './route-filter.ts'
import { array, duration, integer, object, type Schema, words } from './schema.ts'

export interface HttpRouteSpec {
  readonly parentRefs: readonly ParentRef[]
  readonly hostnames?: readonly string[]
  readonly rules: readonly HttpRouteRule[]
}

export interface HttpRouteRule {
  readonly name?: string
  readonly matches?: readonly HttpRouteMatch[]
  readonly filters?: readonly RouteFilter[]
  readonly backendRefs?: readonly BackendRef[]
  readonly timeouts?: { readonly request?: string; readonly backendRequest?: string }
  readonly retry?: { readonly codes?: readonly number[]; readonly attempts?: number; readonly backoff?: string }
}

export interface HttpRouteMatch {
  readonly path?: { readonly type?: 'Exact' | 'PathPrefix' | 'RegularExpression'; readonly value?: string }
  readonly headers?: readonly ValueMatch[]
  readonly queryParams?: readonly ValueMatch[]
  readonly method?: string
}

export interface ValueMatch {
  readonly type?: 'Exact' | 'RegularExpression'
  readonly name: string
  readonly value: string
}

const text = (description: string): Schema => ({ type: 'string', description, maxLength: 4096 })

export const valueMatch = (what: string): Schema =>
  object(
    `Match of one ${what}.`,
    {
      type: words('How `value` is compared; Exact when absent.', 'Exact', 'RegularExpression'),
      name: what === 'header' ? headerName : { ...text('Name.'), minLength: 1, maxLength: 256 },
      value: text('Value, or regular expression over the whole value.'),
    },
    ['name', 'value'],
  )

const match = object('All given fields must hold.', {
  path: object('Match of the path, without the query.', {
    type: words(
      'How `value` is compared; PathPrefix (by path elements) when absent.',
      'Exact',
      'PathPrefix',
      'RegularExpression',
    ),
    value: { ...text('Path; `/` when absent.'), maxLength: 1024 },
  }),
  headers: array('Matches of headers, all must hold.', valueMatch('header'), 16),
  queryParams: array('Matches of query parameters, all must hold.', valueMatch('query parameter'), 16),
  method: words('Method.', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'),
})

const rule = object('Requests that match go to the backends.', {
  name: objectName('Name of the rule.'),
  matches: array('One of these must hold; every request when absent.', match, 64),
  filters: httpFilters,
  backendRefs: array('Where requests go, by weight. Without any they are answered with 500.', backendRef, 16),
  timeouts: object('0s means none.', {
    request: duration('From the first octet of the request to the last of the reply, retries included.'),
    backendRequest: duration('Each attempt.'),
  }),
  retry: object('When a request is tried again.', {
    codes: array('Status codes of replies after which it is tried again.', integer('Status code.', 400, 599), 16),
    attempts: integer('How often it is tried again at most; 2 when absent.', 0, 99),
    backoff: duration('Wait before the first retry, doubled each time; 25ms when absent.'),
  }),
})

export const httpRouteVersions = ['gateway.networking.k8s.io/v1', 'gateway.networking.k8s.io/v1beta1'] as const

export const httpRouteSchema = resourceSchema(
  httpRouteVersions,
  'HTTPRoute',
  'Where HTTP requests to a service or gateway go. Source: Gateway API v1, GAMMA.',
  object(
    'Attachment and rules.',
    {
      parentRefs,
      hostnames: array('Host names of clients of a gateway; without meaning for services.', hostname, 16),
      rules: array('Rules.', rule, 16, 1),
    },
    ['parentRefs', 'rules'],
  ),
)
