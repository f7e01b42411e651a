import { type TcpChannel, TlsChannel } from '@weft/channel'
import type { NativeHandshake } from '@weft/mtls'
import type { Clock } from '@weft/time'

export interface NativelySecured {
  readonly channel: TlsChannel
  /** Who the other end proved to be. */
  readonly peer: string
}

/** Makes the handshake, either role, on a connection that has no handler yet. An Error says why not; the connection is closed then. */
export function secureNative(
  tcp: TcpChannel,
  handshake: NativeHandshake,
  timeoutMs: number,
  clock: Clock,
): Promise<NativelySecured | Error> {
  return new Promise((resolve) => {
    const timer = clock.after(timeoutMs, () => {
      channel.destroy(new Error(`no handshake within ${Math.round(timeoutMs)} ms`))
    })
    const channel = new TlsChannel(tcp, handshake, {
      secured: (secured, peer) => {
        timer.cancel()
        resolve({ channel: secured, peer })
      },
      refused: (error) => {
        timer.cancel()
        resolve(error)
      },
    })
  })
}
