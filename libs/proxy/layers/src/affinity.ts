import { hashText } from '@weft/balancer'
import type { HeaderList } from '@weft/message'
import type { Exchange } from '@weft/stack'
import type { Random } from '@weft/time'
import type { HashKey, TrafficPolicy } from '@weft/traffic'

type CookieKey = Extract<HashKey, { type: 'cookie' }>

/**
 * The hash that ties a request to an endpoint: of the first of the policy's keys that the request has, else of who calls.
 *
 * A client without the cookie gets one: its value is kept in `exchange.affinity`, so that it is the same for every attempt,
 * and {@link affinityCookie} tells the client.
 */
export function affinityHash(exchange: Exchange, policy: TrafficPolicy, random: Random): number {
  const { hashKeys } = policy
  for (let i = 0; i < hashKeys.length; i++) {
    const value = valueOf(exchange, hashKeys[i]!, random)
    if (value !== null && value !== '') return hashText(value)
  }
  return hashText(sourceOf(exchange))
}

/** What is set in the reply for a client that had no cookie. Source: RFC 6265 section 4.1. */
export function affinityCookie(exchange: Exchange, policy: TrafficPolicy): string {
  const key = policy.hashKeys.find((candidate): candidate is CookieKey => candidate.type === 'cookie')!
  const lifetime = key.ttlMs > 0 ? `; Max-Age=${Math.ceil(key.ttlMs / 1000)}` : ''
  const path = key.path === '' ? '' : `; Path=${key.path}`
  return `${key.name}=${exchange.affinity}${lifetime}${path}; HttpOnly`
}

function valueOf(exchange: Exchange, key: HashKey, random: Random): string | null {
  switch (key.type) {
    case 'header':
      return exchange.head.headers.get(key.name)
    case 'query':
      return queryValue(exchange.head.path, key.name)
    case 'source':
      return sourceOf(exchange)
    case 'cookie':
      return cookieValue(exchange.head.headers, key.name) ?? newCookie(exchange, random)
  }
}

function sourceOf({ origin }: Exchange): string {
  const address = origin.clientAddress === undefined ? '' : origin.clientAddress()
  if (address !== '') return address
  return origin.caller.sourceAddress === '' ? origin.caller.workload : origin.caller.sourceAddress
}

function newCookie(exchange: Exchange, random: Random): string {
  if (exchange.affinity === '') exchange.affinity = hex32(random) + hex32(random)
  return exchange.affinity
}

function hex32(random: Random): string {
  return Math.floor(random() * 0x1_0000_0000)
    .toString(16)
    .padStart(8, '0')
}

/** The value of a cookie in any of the Cookie fields (HTTP/2 may split them); null when it is not there. */
export function cookieValue(headers: HeaderList, name: string): string | null {
  for (const field of headers.getAll('cookie')) {
    for (let at = 0; at < field.length;) {
      const semicolon = field.indexOf(';', at)
      const to = semicolon < 0 ? field.length : semicolon
      while (at < to && (field[at] === ' ' || field[at] === '\t')) at++
      if (field.startsWith(name, at) && field[at + name.length] === '=') {
        return unquoted(field.slice(at + name.length + 1, to).trim())
      }
      at = to + 1
    }
  }
  return null
}

function unquoted(value: string): string {
  return value.length >= 2 && value[0] === '"' && value.endsWith('"') ? value.slice(1, -1) : value
}

/** The first value of a parameter, as it stands in the path; null when it is not there. */
export function queryValue(path: string, name: string): string | null {
  const question = path.indexOf('?')
  if (question < 0) return null
  const hash = path.indexOf('#', question)
  const end = hash < 0 ? path.length : hash
  for (let at = question + 1; at < end;) {
    const ampersand = path.indexOf('&', at)
    const to = ampersand < 0 || ampersand > end ? end : ampersand
    if (path.startsWith(name, at) && (at + name.length === to || path[at + name.length] === '=')) {
      return path.slice(Math.min(at + name.length + 1, to), to)
    }
    at = to + 1
  }
  return null
}
