import type { weft } from '@weft/proto'
import type { HeaderChange, RetryPolicy, Route, RouteMatch, RouteRule, WeightedBackend } from '@weft/traffic'
import type { FieldChecks } from './field-checks.ts'
import { mirrorFromMessage, redirectFromMessage, rewriteFromMessage } from './filters.ts'
import { namedMatchFromMessage, namedMatchToMessage, stringMatchFromMessage } from './matches.ts'

type Message = weft.discovery.v1.Route.$Properties
type RuleMessage = weft.discovery.v1.RouteRule.$Properties
type MatchMessage = weft.discovery.v1.RouteMatch.$Properties
type ChangeMessage = weft.discovery.v1.HeaderChange.$Properties
type HeaderMessage = weft.discovery.v1.Header.$Properties
type BackendMessage = weft.discovery.v1.WeightedBackend.$Properties
type RetryMessage = weft.discovery.v1.RetryPolicy.$Properties

export function routeToMessage(route: Route): Message {
  const { service, port, rules, clientNamespace, relay } = route
  const octets = relay === null ? null : { name: relay.name, backends: relay.backends.map(backendToMessage) }
  return { service, port, rules: rules.map(ruleToMessage), clientNamespace, relay: octets }
}

export function routeFromMessage(message: Message, checks: FieldChecks): Route {
  return {
    service: checks.serviceKey('service', message.service),
    port: checks.port('port', message.port, 0),
    rules: checks.list('rules', message.rules, 4096, (rule, at) => ruleFromMessage(rule, at, checks)),
    clientNamespace: message.clientNamespace ? checks.label('client_namespace', message.clientNamespace) : '',
    relay: message.relay
      ? {
          name: checks.text('relay.name', message.relay.name, 1024),
          backends: backendsFromMessage(message.relay.backends, 'relay', checks),
        }
      : null,
  }
}

export function retryFromMessage(message: RetryMessage, field: string, checks: FieldChecks): RetryPolicy {
  return {
    attemptsMax: checks.integer(`${field}.attempts_max`, message.attemptsMax, 1, 100),
    statusCodes: checks.list(`${field}.status_codes`, message.statusCodes, 64, (code, at) =>
      checks.integer(at, code, 100, 599),
    ),
    backoffBaseMs: checks.periodMs(`${field}.backoff_base_ms`, message.backoffBaseMs),
    backoffMaxMs: checks.periodMs(`${field}.backoff_max_ms`, message.backoffMaxMs),
  }
}

export function retryToMessage(retry: RetryPolicy): RetryMessage {
  return { ...retry, statusCodes: [...retry.statusCodes] }
}

function ruleToMessage(rule: RouteRule): RuleMessage {
  return {
    name: rule.name,
    matches: rule.matches.map(matchToMessage),
    requestHeaders: rule.requestHeaders === null ? null : changeToMessage(rule.requestHeaders),
    replyHeaders: rule.replyHeaders === null ? null : changeToMessage(rule.replyHeaders),
    redirect: rule.redirect,
    rewrite: rule.rewrite,
    mirrors: [...rule.mirrors],
    backends: rule.backends.map(backendToMessage),
    requestTimeoutMs: rule.requestTimeoutMs,
    attemptTimeoutMs: rule.attemptTimeoutMs,
    retry: rule.retry === null ? null : retryToMessage(rule.retry),
  }
}

function ruleFromMessage(message: RuleMessage, field: string, checks: FieldChecks): RouteRule {
  return {
    name: checks.text(`${field}.name`, message.name, 1024),
    matches: checks.list(`${field}.matches`, message.matches, 128, (match, at) => matchFromMessage(match, at, checks)),
    requestHeaders: changeFromMessage(message.requestHeaders, `${field}.request_headers`, checks),
    replyHeaders: changeFromMessage(message.replyHeaders, `${field}.reply_headers`, checks),
    redirect: redirectFromMessage(message.redirect, `${field}.redirect`, checks),
    rewrite: rewriteFromMessage(message.rewrite, `${field}.rewrite`, checks),
    mirrors: checks.list(`${field}.mirrors`, message.mirrors, 16, (mirror, at) =>
      mirrorFromMessage(mirror, at, checks),
    ),
    backends: backendsFromMessage(message.backends, field, checks),
    requestTimeoutMs: checks.periodMs(`${field}.request_timeout_ms`, message.requestTimeoutMs),
    attemptTimeoutMs: checks.periodMs(`${field}.attempt_timeout_ms`, message.attemptTimeoutMs),
    retry: message.retry ? retryFromMessage(message.retry, `${field}.retry`, checks) : null,
  }
}

function backendToMessage(backend: WeightedBackend): BackendMessage {
  const { service, port, weight, requestHeaders, replyHeaders } = backend
  return {
    service,
    port,
    weight,
    requestHeaders: requestHeaders === null ? null : changeToMessage(requestHeaders),
    replyHeaders: replyHeaders === null ? null : changeToMessage(replyHeaders),
  }
}

function backendsFromMessage(
  messages: BackendMessage[] | null | undefined,
  field: string,
  checks: FieldChecks,
): readonly WeightedBackend[] {
  return checks.list(`${field}.backends`, messages, 64, (backend, at) => ({
    service: backend.service ? checks.serviceKey(`${at}.service`, backend.service) : '',
    port: checks.port(`${at}.port`, backend.port, 0),
    weight: checks.integer(`${at}.weight`, backend.weight, 0, 1_000_000),
    requestHeaders: changeFromMessage(backend.requestHeaders, `${at}.request_headers`, checks),
    replyHeaders: changeFromMessage(backend.replyHeaders, `${at}.reply_headers`, checks),
  }))
}

function matchToMessage(match: RouteMatch): MatchMessage {
  return {
    path: match.path,
    method: match.method,
    headers: match.headers.map(namedMatchToMessage),
    query: match.query.map(namedMatchToMessage),
  }
}

function matchFromMessage(message: MatchMessage, field: string, checks: FieldChecks): RouteMatch {
  return {
    path: message.path ? stringMatchFromMessage(message.path, `${field}.path`, checks) : null,
    method: checks.optionalText(`${field}.method`, message.method, 32),
    headers: checks.list(`${field}.headers`, message.headers, 64, (match, at) =>
      namedMatchFromMessage(match, at, checks),
    ),
    query: checks.list(`${field}.query`, message.query, 64, (match, at) => namedMatchFromMessage(match, at, checks)),
  }
}

function changeToMessage(change: HeaderChange): ChangeMessage {
  const fields = (pairs: HeaderChange['set']): HeaderMessage[] => pairs.map(([name, value]) => ({ name, value }))
  return { set: fields(change.set), add: fields(change.add), remove: [...change.remove] }
}

function changeFromMessage(
  message: ChangeMessage | null | undefined,
  field: string,
  checks: FieldChecks,
): HeaderChange | null {
  if (!message) return null
  const pair = (header: HeaderMessage, at: string): readonly [string, string] => [
    checks.text(`${at}.name`, header.name, 256),
    checks.optionalText(`${at}.value`, header.value),
  ]
  return {
    set: checks.list(`${field}.set`, message.set, 64, pair),
    add: checks.list(`${field}.add`, message.add, 64, pair),
    remove: checks.list(`${field}.remove`, message.remove, 64, (name, at) => checks.text(at, name, 256)),
  }
}
