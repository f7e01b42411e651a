import type { weft } from '@weft/proto'
import type { AuthorizationPolicy, AuthorizationRule, OperationMatch, SourceMatch } from '@weft/traffic'
import { type FieldChecks, sortedLabels } from './field-checks.ts'
import { namedMatchFromMessage, namedMatchToMessage, stringMatchFromMessage } from './matches.ts'

type Message = weft.discovery.v1.AuthorizationPolicy.$Properties
type RuleMessage = weft.discovery.v1.AuthorizationRule.$Properties
type SourceMessage = weft.discovery.v1.SourceMatch.$Properties
type OperationMessage = weft.discovery.v1.OperationMatch.$Properties

export function authorizationPolicyToMessage(policy: AuthorizationPolicy): Message {
  return {
    name: policy.name,
    namespace: policy.namespace,
    action: policy.action,
    selector: sortedLabels(policy.selector),
    services: [...policy.services],
    rules: policy.rules.map((rule) => ({
      from: rule.from.map(sourceToMessage),
      to: rule.to.map(operationToMessage),
    })),
  }
}

export function authorizationPolicyFromMessage(message: Message, checks: FieldChecks): AuthorizationPolicy {
  const namespace = checks.label('namespace', message.namespace)
  const name = checks.text('name', message.name, 512)
  if (!name.startsWith(`AuthorizationPolicy/${namespace}/`)) {
    checks.refuse('name', name, `AuthorizationPolicy/${namespace}/ and a name`)
  }
  return {
    name,
    namespace,
    action: checks.oneOf('action', message.action, ['ALLOW', 'DENY']),
    selector: checks.labels('selector', message.selector),
    services: checks.list('services', message.services, 64, (service, at) => checks.label(at, service)),
    rules: checks.list('rules', message.rules, 512, (rule, at) => ruleFromMessage(rule, at, checks)),
  }
}

function ruleFromMessage(message: RuleMessage, field: string, checks: FieldChecks): AuthorizationRule {
  return {
    from: checks.list(`${field}.from`, message.from, 512, (source, at) => sourceFromMessage(source, at, checks)),
    to: checks.list(`${field}.to`, message.to, 512, (operation, at) => operationFromMessage(operation, at, checks)),
  }
}

function sourceToMessage(source: SourceMatch): SourceMessage {
  return {
    identities: [...source.identities],
    namespaces: [...source.namespaces],
    notIdentities: [...source.notIdentities],
    notNamespaces: [...source.notNamespaces],
    unauthenticated: source.unauthenticated,
  }
}

function sourceFromMessage(message: SourceMessage, field: string, checks: FieldChecks): SourceMatch {
  const texts = (name: string, values: readonly string[] | null | undefined): readonly string[] =>
    checks.list(`${field}.${name}`, values, 512, (value, at) => checks.text(at, value, 2048))
  return {
    identities: texts('identities', message.identities),
    namespaces: texts('namespaces', message.namespaces),
    notIdentities: texts('not_identities', message.notIdentities),
    notNamespaces: texts('not_namespaces', message.notNamespaces),
    unauthenticated: message.unauthenticated ?? false,
  }
}

function operationToMessage(operation: OperationMatch): OperationMessage {
  return {
    ports: [...operation.ports],
    methods: [...operation.methods],
    paths: operation.paths.map((path) => ({ ...path })),
    headers: operation.headers.map(namedMatchToMessage),
  }
}

function operationFromMessage(message: OperationMessage, field: string, checks: FieldChecks): OperationMatch {
  return {
    ports: checks.list(`${field}.ports`, message.ports, 512, (port, at) => checks.port(at, port)),
    methods: checks.list(`${field}.methods`, message.methods, 64, (method, at) => checks.text(at, method, 32)),
    paths: checks.list(`${field}.paths`, message.paths, 512, (path, at) => stringMatchFromMessage(path, at, checks)),
    headers: checks.list(`${field}.headers`, message.headers, 64, (match, at) =>
      namedMatchFromMessage(match, at, checks),
    ),
  }
}
