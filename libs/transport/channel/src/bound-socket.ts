import net, { isIPv6 } from 'node:net'
import { getSystemErrorName } from 'node:util'
import { Failure } from '@weft/faults'
import { formatAddress } from './connect-failed.ts'

/**
 * A TCP socket that is bound to an address. Whoever holds it keeps the port: processes that it was sent to over Node IPC
 * may listen on it and die, and connections wait for the next one.
 */
export interface SocketHandle {
  readonly fd: number
  close(): void
}

/** What Node's cluster module makes its sockets with; not in the types. */
type MakeHandle = (
  address: string,
  port: number,
  addressType: 4 | 6,
  fd: number,
  flags: number,
) => SocketHandle | number

const makeHandle = (net as unknown as { _createServerHandle: MakeHandle })._createServerHandle
/** UV_TCP_REUSEPORT. */
const REUSE_PORT = 2

/**
 * Binds without listening. With `reusePort` several may be bound to one address, and the kernel spreads connections over
 * those that listen. Port 0 is refused: who else should bind could not know it.
 *
 * Faults: Failure `listen` with the system's word (EADDRINUSE may come only when it is listened on).
 */
export function bindSocket(host: string, port: number, reusePort: boolean): SocketHandle {
  const made = makeHandle(host, port, isIPv6(host) ? 6 : 4, -1, reusePort ? REUSE_PORT : 0)
  if (typeof made !== 'number') return made
  throw new Failure(
    'listen',
    `Cannot listen on ${formatAddress(host, port)}: ${bindTrouble(getSystemErrorName(made), port)}`,
  )
}

/** What a refusal to bind or listen means to a person. */
export function bindTrouble(code: string, port: number): string {
  if (code === 'EADDRINUSE') return 'the port is taken (EADDRINUSE), expected one that nothing else listens on'
  if (code === 'EACCES') return `port ${port} is privileged (EACCES), expected one above 1023, or root`
  if (code === 'EADDRNOTAVAIL') return 'the address is not of this machine (EADDRNOTAVAIL), expected one that is'
  return `${code}, expected a free address of this machine`
}
