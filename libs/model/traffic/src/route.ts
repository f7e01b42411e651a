/** A compiled HTTPRoute: what of a service's HTTP traffic goes where, in order of precedence already. Source: Gateway API v1, GAMMA. */

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
}

export interface RouteRule {
  /** `HTTPRoute/namespace/name#index`, for reasons and metrics. */
  readonly name: string
  readonly matches: readonly RouteMatch[]
  readonly requestHeaders: HeaderChange | null
  readonly replyHeaders: HeaderChange | null
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
  readonly rules: readonly RouteRule[]
}

export interface RetryPolicy {
  /** Tries in all, the first included. */
  readonly attemptsMax: number
  readonly statusCodes: readonly number[]
  readonly backoffBaseMs: number
  readonly backoffMaxMs: number
}
