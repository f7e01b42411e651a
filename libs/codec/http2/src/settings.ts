import { ErrorCode } from './error-codes.ts'
import { FRAME_BYTES_DEFAULT, readUint32, WINDOW_BYTES_DEFAULT, WINDOW_BYTES_MAX } from './frame.ts'

/** Source: RFC 9113 section 6.5.2, RFC 8441 section 3. */
export const Setting = {
  headerTableSize: 0x1,
  enablePush: 0x2,
  maxConcurrentStreams: 0x3,
  initialWindowSize: 0x4,
  maxFrameSize: 0x5,
  maxHeaderListSize: 0x6,
  enableConnectProtocol: 0x8,
} as const

export const SETTING_BYTES = 6
const FRAME_BYTES_LIMIT = 0xffffff

/** What the peer has told of itself; starts with what holds before it has. */
export class PeerSettings {
  headerTableBytes = 4096
  streamsMax: number
  windowBytes = WINDOW_BYTES_DEFAULT
  frameBytesMax = FRAME_BYTES_DEFAULT
  isConnectProtocolEnabled = false

  constructor(streamsMax: number) {
    this.streamsMax = streamsMax
  }

  /**
   * Takes the payload of a SETTINGS frame, a multiple of six octets; unknown settings are passed over.
   *
   * Returns null, or what is wrong; what came before stays applied, since the connection ends.
   */
  apply(bytes: Uint8Array, start: number, end: number, fromServer: boolean): SettingsError | null {
    for (let at = start; at < end; at += SETTING_BYTES) {
      const id = (bytes[at]! << 8) | bytes[at + 1]!
      const value = readUint32(bytes, at + 2)
      const error = this.#applyOne(id, value, fromServer)
      if (error !== null) return error
    }
    return null
  }

  #applyOne(id: number, value: number, fromServer: boolean): SettingsError | null {
    switch (id) {
      case Setting.headerTableSize:
        this.headerTableBytes = Math.min(value, WINDOW_BYTES_MAX)
        return null
      case Setting.enablePush:
        if (value <= (fromServer ? 0 : 1)) return null
        return protocolError('ENABLE_PUSH', value, fromServer ? '0 from a server' : '0 or 1')
      case Setting.maxConcurrentStreams:
        this.streamsMax = Math.min(value, WINDOW_BYTES_MAX)
        return null
      case Setting.initialWindowSize:
        if (value > WINDOW_BYTES_MAX) {
          return {
            code: ErrorCode.flowControlError,
            message: `found INITIAL_WINDOW_SIZE ${value}: expected at most 2^31-1`,
          }
        }
        this.windowBytes = value
        return null
      case Setting.maxFrameSize:
        if (value < FRAME_BYTES_DEFAULT || value > FRAME_BYTES_LIMIT) {
          return protocolError('MAX_FRAME_SIZE', value, '16384 to 16777215')
        }
        this.frameBytesMax = value
        return null
      case Setting.enableConnectProtocol:
        if (value > 1 || (value === 0 && this.isConnectProtocolEnabled)) {
          return protocolError('ENABLE_CONNECT_PROTOCOL', value, '0 or 1, and never 0 after 1')
        }
        this.isConnectProtocolEnabled = value === 1
        return null
      default:
        return null
    }
  }
}

export interface SettingsError {
  readonly code: number
  readonly message: string
}

function protocolError(name: string, value: number, expected: string): SettingsError {
  return { code: ErrorCode.protocolError, message: `found ${name} ${value}: expected ${expected}` }
}
