import { hostname, objectName } from './gateway.ts'
import { resourceSchema } from './metadata.ts'
import { array, duration, integer, label, object, port, type Schema, string, words } from './schema.ts'

export interface HttpRouteSpec {
  readonly parentRefs: readonly ParentRef[]
  readonly hostnames?: readonly string[]
  readonly rules: readonly HttpRouteRule[]
}

export interface ParentRef {
  readonly group?: '' | 'gateway.networking.k8s.io'
  readonly kind?: 'Service' | 'Gateway'
  readonly name: string
  readonly namespace?: string
  readonly port?: number
  readonly sectionName?: string
}

export interface HttpRouteRule {
  readonly name?: string
  readonly matches?: readonly HttpRouteMatch[]
  readonly filters?: readonly HttpRouteFilter[]
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

export interface HttpRouteFilter {
  readonly type: 'RequestHeaderModifier' | 'ResponseHeaderModifier'
  readonly requestHeaderModifier?: HeaderModifier
  readonly responseHeaderModifier?: HeaderModifier
}

export interface HeaderModifier {
  readonly set?: readonly { readonly name: string; readonly value: string }[]
  readonly add?: readonly { readonly name: string; readonly value: string }[]
  readonly remove?: readonly string[]
}

export interface BackendRef {
  readonly group?: '' | 'weft.dev'
  readonly kind?: 'Service' | 'ExternalService'
  readonly name: string
  readonly namespace?: string
  readonly port: number
  readonly weight?: number
}

const HEADER_NAME = "^[A-Za-z0-9!#$%&'*+\\-.^_\\x60|~]+$"
const headerName = string('Name of a header; letter case does not matter.', HEADER_NAME, 'the name of a header', 256)
const text = (description: string): Schema => ({ type: 'string', description, maxLength: 4096 })
const headerValue = string(
  'Value of the header.',
  '^[\\t\\x20-\\x7e\\x80-\\uffff]*$',
  'text without control characters',
  4096,
)

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

const header = object('One header.', { name: headerName, value: headerValue }, ['name', 'value'])
const modifier = object('Changes of headers.', {
  set: array('Headers that replace those of the same name.', header, 16),
  add: array('Headers that are added to those of the same name.', header, 16),
  remove: array('Headers that are taken out.', headerName, 16),
})

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

const filter = object(
  'A change of the request or reply.',
  {
    type: words('Which of the fields beside it is given.', 'RequestHeaderModifier', 'ResponseHeaderModifier'),
    requestHeaderModifier: modifier,
    responseHeaderModifier: modifier,
  },
  ['type'],
)

export const backendRef = object(
  'A service that traffic goes to.',
  {
    group: words("API group: '' (core) of a Service, weft.dev of an ExternalService.", '', 'weft.dev'),
    kind: words('Kind; Service when absent.', 'Service', 'ExternalService'),
    name: label('Name of the service.'),
    namespace: label('Namespace of the service; that of the route when absent.'),
    port: port('Port of the service.'),
    weight: integer('Share of the requests, as part of the sum of all weights; 1 when absent.', 0, 1_000_000),
  },
  ['name', 'port'],
)

const rule = object('Requests that match go to the backends.', {
  name: label('Name of the rule.'),
  matches: array('One of these must hold; every request when absent.', match, 64),
  filters: array('Changes on the way.', filter, 16),
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

export const parentRef = object(
  'The service whose callers, or the gateway whose clients the route is for.',
  {
    group: words("API group: '' (core) of a Service.", '', 'gateway.networking.k8s.io'),
    kind: words('Kind; Gateway when absent.', 'Service', 'Gateway'),
    name: objectName('Name of it.'),
    namespace: label('Namespace of it; that of the route when absent.'),
    port: port('Port of it; all ports when absent.'),
    sectionName: label('Name of the port of the service or of the listener, instead of its number.'),
  },
  ['name'],
)

export const httpRouteSchema = resourceSchema(
  'gateway.networking.k8s.io/v1',
  'HTTPRoute',
  'Where HTTP requests to a service or gateway go. Source: Gateway API v1, GAMMA.',
  object(
    'Attachment and rules.',
    {
      parentRefs: array('The services or gateways that the route is for.', parentRef, 32, 1),
      hostnames: array('Host names of clients of a gateway; without meaning for services.', hostname, 16),
      rules: array('Rules.', rule, 16, 1),
    },
    ['parentRefs', 'rules'],
  ),
)
