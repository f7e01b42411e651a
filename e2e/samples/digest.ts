/**
 * Takes in everything and answers with its size and SHA-256: over TCP at PORT once the caller has shut down its sending
 * side, over HTTP at HTTP_PORT for the body of a PUT. GET /bytes/N gives N octets that repeat themselves.
 */
import { createHash } from 'node:crypto'
import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:net'
import { Readable } from 'node:stream'

const { HOST = '0.0.0.0', PORT = '7100', HTTP_PORT = '8080' } = process.env
const BLOCK = Buffer.from(Array.from({ length: 65_536 }, (_, i) => (i * 31) & 255))

async function digest(stream: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of stream) {
    hash.update(chunk)
    size += chunk.length
  }
  return `${size} ${hash.digest('hex')}\n`
}

function* blocks(size: number): Generator<Buffer> {
  for (let left = size; left > 0; left -= BLOCK.length) yield BLOCK.subarray(0, Math.min(left, BLOCK.length))
}

createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => socket.destroy())
  const incoming = socket.iterator({ destroyOnReturn: false })
  digest(incoming).then(
    (answer) => socket.end(answer),
    () => socket.destroy(),
  )
}).listen(Number(PORT), HOST)

createHttpServer((request, response) => {
  const size = Number(/^\/bytes\/(\d+)$/.exec(request.url ?? '')?.[1] ?? Number.NaN)
  if (request.method === 'GET' && Number.isSafeInteger(size)) {
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': size })
    return void Readable.from(blocks(size)).pipe(response)
  }
  digest(request).then(
    (answer) => response.end(answer),
    () => response.destroy(),
  )
}).listen(Number(HTTP_PORT), HOST)

process.once('SIGTERM', () => process.exit(0))
