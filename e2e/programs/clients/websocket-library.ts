import { createRequire } from 'node:module'
import { join } from 'node:path'

/** As much of the `ws` package as is used: it lies in the cache, out of the compiler's sight. */
export interface WebSocketLibrary {
  readonly WebSocket: new (url: string) => LibrarySocket
  readonly WebSocketServer: new (options: { port: number; host: string }) => {
    on(event: 'connection', listener: (socket: LibrarySocket) => void): void
  }
}

export interface LibrarySocket {
  on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): void
  on(event: 'close', listener: (code: number, reason: Buffer) => void): void
  once(event: 'open', listener: () => void): void
  once(event: 'error', listener: (error: Error) => void): void
  once(event: 'pong', listener: (data: Buffer) => void): void
  send(data: Buffer | string, options?: { binary: boolean }): void
  ping(data: string): void
  close(code: number, reason: string): void
}

export function webSocketLibrary(): WebSocketLibrary {
  const from = join(process.env['WEFT_PROGRAMS_CACHE'] ?? '', 'node/any.js')
  return createRequire(from)('ws') as WebSocketLibrary
}
