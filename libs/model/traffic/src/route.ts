/** Compiled routes: what of a service's traffic goes where, in order of precedence already. Source: Gateway API v1, GAMMA. */

export type StringMatch =
  | { readonly type: 'exact'; readonly value: string }
  | { readonly type: 'prefix'; readonly value: string }
  | { readonly type: 'regex'; readonly value: string }

export interface NamedMatch {
  readonly name: string
  readonly value: StringMatch
}

export interface RouteMatch {
  /** `prefix` is by path elements, as Gateway API's PathPrefix. Null matches all. */
  readonly path: StringMatch | null
  /** '' matches all. */
  readonly method: string
  /** The header `host` is the authority of the request. */
  readonly headers: readonly NamedMatch[]
  readonly query: readonly NamedMatch[]
}

export interface HeaderChange {
  readonly set: readonly (readonly [name: string, value: string])[]
  readonly add: readonly (readonly [name: string, value: string])[]
  readonly remove: readonly string[]
}

export interface WeightedBackend {
  /** `namespace/name` of a service, `ExternalService/namespace/name` of an external one; '' when the reference is invalid, and its share is refused with 500. */
  readonly service: string
  readonly port: number
  readonly weight: number
  /** What is changed of those requests, and of their replies, that go to this backend. */
  readonly requestHeaders: HeaderChange | null
  readonly replyHeaders: HeaderChange | null
}

/** What the path of a request becomes; its query stays. `prefix` stands for what the rule's match has of path elements. */
export interface PathChange {
  readonly type: 'full' | 'prefix'
  readonly value: string
}

/** A reply that sends the client elsewhere, instead of the request going on. */
export interface Redirect {
  /** '' for that of the request. */
  readonly scheme: string
  /** '' for that of the request. */
  readonly hostname: string
  /** 0: the usual one of `scheme`, or that at which the client called when there is none. */
  readonly port: number
  readonly path: PathChange | null
  readonly status: number
}

/** What of the target of a request is another one for the backend. */
export interface Rewrite {
  /** '' for as it is. */
  readonly hostname: string
  readonly path: PathChange | null
}

/** A backend that is sent copies of requests; what it replies is thrown away. */
export interface Mirror {
  readonly service: string
  readonly port: number
  /** Of the requests, as a part of 1. */
  readonly ratio: number
}

export interface RouteRule {
  /** `HTTPRoute/namespace/name#index`, or `#` and the name of the rule; for reasons and metrics. */
  readonly name: string
  readonly matches: readonly RouteMatch[]
  readonly requestHeaders: HeaderChange | null
  readonly replyHeaders: HeaderChange | null
  /** Null: requests go on to a backend. */
  readonly redirect: Redirect | null
  readonly rewrite: Rewrite | null
  readonly mirrors: readonly Mirror[]
  readonly backends: readonly WeightedBackend[]
  /** 0: none. */
  readonly requestTimeoutMs: number
  /** Each attempt; 0: none. */
  readonly attemptTimeoutMs: number
  readonly retry: RetryPolicy | null
}

/** All rules of one service port, most specific first. A service without one has the default route to itself. */
export interface Route {
  /** `namespace/name` of the parent service, and its port or 0 for all. */
  readonly service: string
  readonly port: number
  /** Whose calls it is for: those of this namespace, before any route that is for all; '' for all. */
  readonly clientNamespace: string
  readonly rules: readonly RouteRule[]
  /** For octets instead of HTTP: where connections go, and then there are no rules. Null for HTTP. */
  readonly relay: ConnectionRule | null
}

/** Where connections go, whatever is spoken on them. */
export interface ConnectionRule {
  /** `TCPRoute/namespace/name#0`. */
  readonly name: string
  readonly backends: readonly WeightedBackend[]
}

/** A rule without filters, limits and matches: everything as it comes. */
export const ruleDefaults = Object.freeze({
  matches: Object.freeze([]) as readonly RouteMatch[],
  requestHeaders: null,
  replyHeaders: null,
  redirect: null,
  rewrite: null,
  mirrors: Object.freeze([]) as readonly Mirror[],
  backends: Object.freeze([]) as readonly WeightedBackend[],
  requestTimeoutMs: 0,
  attemptTimeoutMs: 0,
  retry: null,
})

/** A backend whose requests go there as they are, with a weight of 1. */
export const backendDefaults = Object.freeze({ weight: 1, requestHeaders: null, replyHeaders: null })

export interface RetryPolicy {
  /** Tries in all, the first included. */
  readonly attemptsMax: number
  readonly statusCodes: readonly number[]
  readonly backoffBaseMs: number
  readonly backoffMaxMs: number
}
