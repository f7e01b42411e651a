import type { Redirect, RouteMatch } from '@weft/traffic'
import { PathChanger } from './path-change.ts'

/** What a redirect needs of a request. */
export interface RedirectableHead {
  readonly scheme: string
  readonly authority: string
  readonly path: string
}

/** A redirect of a rule, ready to be asked. */
export class Redirector {
  readonly status: number
  readonly #redirect: Redirect
  readonly #path: PathChanger | null

  constructor(redirect: Redirect, match: RouteMatch | null) {
    this.status = redirect.status
    this.#redirect = redirect
    this.#path = redirect.path === null ? null : new PathChanger(redirect.path, match)
  }

  /**
   * Where the client is sent that asked `head` of port `portCalled`: an absolute URL. A port is told unless it is the usual one.
   * Source: Gateway API, HTTPRequestRedirectFilter.
   */
  location(head: RedirectableHead, portCalled: number): string {
    const { scheme: wanted, hostname, port: wantedPort } = this.#redirect
    const scheme = wanted === '' ? head.scheme : wanted
    const host = hostname === '' ? hostOf(head.authority) : hostname
    const port = wantedPort > 0 ? wantedPort : wanted === '' ? portCalled : usualPort(wanted)
    const authority = port === usualPort(scheme) ? host : `${host}:${port}`
    const query = head.path.indexOf('?')
    const pathLength = query < 0 ? head.path.length : query
    return `${scheme}://${authority}${this.#path === null ? head.path : this.#path.change(head.path, pathLength)}`
  }
}

function usualPort(scheme: string): number {
  return scheme === 'https' ? 443 : 80
}

/** Without the port; an IPv6 address stays in its brackets. */
function hostOf(authority: string): string {
  const colon = authority.endsWith(']') ? -1 : authority.lastIndexOf(':')
  return colon < 0 ? authority : authority.slice(0, colon)
}
