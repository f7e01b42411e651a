import { fault, type Fault } from '@weft/faults'
import type { DialTarget } from './socket-engine.ts'

/** `host:port`, with brackets around IPv6. */
export function formatAddress(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

export function connectFailed(target: DialTarget, found: string): Fault {
  const where = formatAddress(target.host, target.port)
  return fault('connect_failed', 'dial', `Cannot connect to ${where}: ${found}; expected a listening program`)
}
