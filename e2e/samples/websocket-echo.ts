/** A WebSocket server (RFC 6455) that sends every text message back. Frames up to 64 KiB, which is enough for a sample. */
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'

const { HOST = '0.0.0.0', PORT = '8080' } = process.env
const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const TEXT = 1
const CLOSE = 8

const server = createServer((_, response) => response.writeHead(426).end())
server.on('upgrade', (request, socket, head) => {
  const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}${MAGIC}`).digest('base64')
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
  )
  let rest: Buffer = head
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk: Buffer) => (rest = answerFrames(socket, Buffer.concat([rest, chunk]))))
})
server.listen(Number(PORT), HOST)
process.once('SIGTERM', () => process.exit(0))

/** Answers all whole frames; returns the rest. A client's frame: opcode, length, mask of 4 octets, payload. */
function answerFrames(socket: Duplex, octets: Buffer): Buffer {
  for (let at = 0; ;) {
    if (octets.length < at + 6) return octets.subarray(at)
    const opcode = octets[at]! & 15
    const isLong = (octets[at + 1]! & 127) === 126
    const start = at + (isLong ? 8 : 6)
    if (octets.length < start) return octets.subarray(at)
    const length = isLong ? octets.readUInt16BE(at + 2) : octets[at + 1]! & 127
    if (octets.length < start + length) return octets.subarray(at)
    const mask = octets.subarray(start - 4, start)
    const payload = Buffer.from(octets.subarray(start, start + length).map((octet, i) => octet ^ mask[i & 3]!))
    if (opcode === CLOSE) return (socket.end(Buffer.from([0x88, 0])), Buffer.alloc(0))
    if (opcode === TEXT) socket.write(frame(payload))
    at = start + length
  }
}

function frame(payload: Buffer): Buffer {
  if (payload.length < 126) return Buffer.concat([Buffer.from([0x81, payload.length]), payload])
  return Buffer.concat([Buffer.from([0x81, 126, payload.length >> 8, payload.length & 255]), payload])
}
