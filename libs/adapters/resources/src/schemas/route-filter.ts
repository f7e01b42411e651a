import { objectName } from './gateway.ts'
import { array, integer, label, object, port, type Schema, string, words } from './schema.ts'

export interface RouteFilter {
  readonly type: FilterType
  readonly requestHeaderModifier?: HeaderModifier
  readonly responseHeaderModifier?: HeaderModifier
  readonly requestRedirect?: RequestRedirect
  readonly urlRewrite?: UrlRewrite
  readonly requestMirror?: RequestMirror
}

export type FilterType =
  'RequestHeaderModifier' | 'ResponseHeaderModifier' | 'RequestRedirect' | 'URLRewrite' | 'RequestMirror'

/** The field that goes with a type. */
export const filterFields = {
  RequestHeaderModifier: 'requestHeaderModifier',
  ResponseHeaderModifier: 'responseHeaderModifier',
  RequestRedirect: 'requestRedirect',
  URLRewrite: 'urlRewrite',
  RequestMirror: 'requestMirror',
} as const satisfies Record<FilterType, keyof RouteFilter>

export interface HeaderModifier {
  readonly set?: readonly { readonly name: string; readonly value: string }[]
  readonly add?: readonly { readonly name: string; readonly value: string }[]
  readonly remove?: readonly string[]
}

export interface RequestRedirect {
  readonly scheme?: 'http' | 'https'
  readonly hostname?: string
  readonly port?: number
  readonly path?: PathModifier
  readonly statusCode?: number
}

export interface UrlRewrite {
  readonly hostname?: string
  readonly path?: PathModifier
}

export interface PathModifier {
  readonly type: 'ReplaceFullPath' | 'ReplacePrefixMatch'
  readonly replaceFullPath?: string
  readonly replacePrefixMatch?: string
}

export interface RequestMirror {
  readonly backendRef: {
    readonly group?: '' | 'core' | 'weft.dev'
    readonly kind?: 'Service' | 'ExternalService'
    readonly name: string
    readonly namespace?: string
    readonly port: number
  }
  readonly percent?: number
  readonly fraction?: { readonly numerator: number; readonly denominator?: number }
}

const HEADER_NAME = "^[A-Za-z0-9!#$%&'*+\\-.^_\\x60|~]+$"
export const headerName = string(
  'Name of a header; letter case does not matter.',
  HEADER_NAME,
  'the name of a header',
  256,
)
const headerValue = string(
  'Value of the header.',
  '^[\\t\\x20-\\x7e\\x80-\\uffff]*$',
  'text without control characters',
  4096,
)
const header = object('One header.', { name: headerName, value: headerValue }, ['name', 'value'])
const modifier = object('Changes of headers.', {
  set: array('Headers that replace those of the same name.', header, 16),
  add: array('Headers that are added to those of the same name.', header, 16),
  remove: array('Headers that are taken out.', headerName, 16),
})

const preciseHostname = string(
  'Host name.',
  '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
  'a host name in lower case such as shop.example.com',
  253,
)
/** What can stand in a path as it is sent, without query and fragment. */
const pathText = (description: string): Schema =>
  string(description, '^[\\x21\\x22\\x24-\\x3e\\x40-\\x7e]*$', 'a path without spaces, ? and #', 1024)
const path = object(
  'Change of the path; the query stays.',
  {
    type: words('Which of the fields beside it is given.', 'ReplaceFullPath', 'ReplacePrefixMatch'),
    replaceFullPath: pathText('The whole path.'),
    replacePrefixMatch: pathText('What the path elements become that the match names.'),
  },
  ['type'],
)

const redirect = object('The client is told to ask elsewhere.', {
  scheme: words('Scheme; that of the request when absent.', 'http', 'https'),
  hostname: { ...preciseHostname, description: 'Host name; that of the request when absent.' },
  path,
  port: port('Port; the usual one of `scheme`, or the one that was called, when absent.'),
  statusCode: { type: 'integer', description: 'Status; 302 when absent.', enum: [301, 302, 303, 307, 308] },
})

const rewrite = object('Another target for the backend.', {
  hostname: { ...preciseHostname, description: 'Host name that the backend is told.' },
  path,
})

const mirror = object(
  'A service that is sent copies of requests; its replies are thrown away.',
  {
    backendRef: object(
      'The service.',
      {
        group: words("API group: '' (core) of a Service, weft.dev of an ExternalService.", '', 'core', 'weft.dev'),
        kind: words('Kind; Service when absent.', 'Service', 'ExternalService'),
        name: objectName('Name of it.'),
        namespace: label('Namespace of it; that of the route when absent.'),
        port: port('Port of it.'),
      },
      ['name', 'port'],
    ),
    percent: integer('Share of the requests in percent; all of them when absent.', 0, 100),
    fraction: object(
      'Share of the requests.',
      {
        numerator: integer('Part.', 0, 2 ** 31 - 1),
        denominator: integer('Of how many; 100 when absent.', 1, 2 ** 31 - 1),
      },
      ['numerator'],
    ),
  },
  ['backendRef'],
)

const headers = { requestHeaderModifier: modifier, responseHeaderModifier: modifier }

function filters(types: readonly FilterType[], more: Readonly<Record<string, Schema>>): Schema {
  const type = words('Which of the fields beside it is given.', ...types)
  const filter = object('A change of the request or reply.', { type, ...headers, ...more }, ['type'])
  return array('Changes on the way.', filter, 16)
}

/** What a backend may change. */
export const headerFilters = filters(['RequestHeaderModifier', 'ResponseHeaderModifier'], {})
/** What a rule of a GRPCRoute may change. */
export const grpcFilters = filters(['RequestHeaderModifier', 'ResponseHeaderModifier', 'RequestMirror'], {
  requestMirror: mirror,
})
/** What a rule of an HTTPRoute may change. */
export const httpFilters = filters(Object.keys(filterFields) as FilterType[], {
  requestRedirect: redirect,
  urlRewrite: rewrite,
  requestMirror: mirror,
})
