import { FrameHeader, readFrameHeader, readUint32, writeFrameHeader, writeUint32 } from '../frame.ts'

/** A frame as a test writes or reads it. */
export interface WireFrame {
  readonly type: number
  readonly flags: number
  readonly streamId: number
  readonly payload: Uint8Array
}

/** The octets of one frame, right or wrong. */
export function wireFrame(
  type: number,
  flags: number,
  streamId: number,
  payload: Uint8Array | readonly number[] = [],
): Uint8Array {
  const bytes = new Uint8Array(9 + payload.length)
  writeFrameHeader(bytes, 0, payload.length, type, flags, streamId)
  bytes.set(payload, 9)
  return bytes
}

/** Four octets in network order. */
export function uint32(value: number): number[] {
  const bytes = new Uint8Array(4)
  writeUint32(bytes, 0, value)
  return [...bytes]
}

/** Cuts whole frames out of `bytes`, after the client's preface where it stands first. */
export function readWire(bytes: Uint8Array): WireFrame[] {
  const frames: WireFrame[] = []
  const header = new FrameHeader()
  let at = Buffer.from(bytes).toString('latin1', 0, 4) === 'PRI ' ? 24 : 0
  while (at < bytes.length) {
    readFrameHeader(bytes, at, header)
    const payload = bytes.slice(at + 9, at + 9 + header.lengthBytes)
    frames.push({ type: header.type, flags: header.flags, streamId: header.streamId, payload })
    at += 9 + header.lengthBytes
  }
  return frames
}

/** The code of RST_STREAM or GOAWAY. */
export function errorCodeOf(frame: WireFrame): number {
  return readUint32(frame.payload, frame.type === 7 ? 4 : 0)
}
