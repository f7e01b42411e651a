import type { weft } from '@weft/proto'
import type { Mirror, PathChange, Redirect, Rewrite } from '@weft/traffic'
import type { FieldChecks } from './field-checks.ts'

type RedirectMessage = weft.discovery.v1.Redirect.$Properties
type RewriteMessage = weft.discovery.v1.Rewrite.$Properties
type PathMessage = weft.discovery.v1.PathChange.$Properties
type MirrorMessage = weft.discovery.v1.Mirror.$Properties

export function redirectFromMessage(
  message: RedirectMessage | null | undefined,
  field: string,
  checks: FieldChecks,
): Redirect | null {
  if (!message) return null
  return {
    scheme: checks.oneOf(`${field}.scheme`, message.scheme ?? '', ['', 'http', 'https']),
    hostname: checks.optionalText(`${field}.hostname`, message.hostname, 253),
    port: checks.port(`${field}.port`, message.port, 0),
    path: pathFromMessage(message.path, `${field}.path`, checks),
    status: checks.integer(`${field}.status`, message.status, 300, 399),
  }
}

export function rewriteFromMessage(
  message: RewriteMessage | null | undefined,
  field: string,
  checks: FieldChecks,
): Rewrite | null {
  if (!message) return null
  return {
    hostname: checks.optionalText(`${field}.hostname`, message.hostname, 253),
    path: pathFromMessage(message.path, `${field}.path`, checks),
  }
}

export function mirrorFromMessage(message: MirrorMessage, field: string, checks: FieldChecks): Mirror {
  return {
    service: checks.serviceKey(`${field}.service`, message.service),
    port: checks.port(`${field}.port`, message.port),
    ratio: checks.ratio(`${field}.ratio`, message.ratio),
  }
}

function pathFromMessage(
  message: PathMessage | null | undefined,
  field: string,
  checks: FieldChecks,
): PathChange | null {
  if (!message) return null
  return {
    type: checks.oneOf(`${field}.type`, message.type, ['full', 'prefix']),
    value: checks.optionalText(`${field}.value`, message.value, 1024),
  }
}
