import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttp2Server } from 'node:http2'
import { createServer as createTcpServer, type Socket } from 'node:net'
import { Arrived, Block } from './block.ts'
import { HEADER_BYTES, readHeader, STATUS_GOOD, STATUS_WRONG } from './wire.ts'

// An origin of the soak: `origin.ts SEED HTTP-PORT TCP-PORT [HTTP2-PORT]`. Checks every body that arrives, answers with one that is asked for.
const [seed, httpPort, tcpPort, http2Port] = process.argv.slice(2).map(Number) as [number, number, number, number?]
const block = new Block(seed)

async function serveHttp(request: IncomingMessage, reply: ServerResponse): Promise<void> {
  const query = new URL(request.url ?? '/', 'http://origin').searchParams
  const number = (name: string): number => Number(query.get(name) ?? 0)
  const arrived = new Arrived()
  for await (const chunk of request) arrived.add(chunk as Buffer)
  const isGood =
    arrived.bytes === number('upLength') && arrived.checksum === block.checksum(number('upOffset'), number('upLength'))
  const body = block.body(number('downOffset'), number('downLength'))
  reply.writeHead(isGood ? 200 : 418, query.has('chunked') ? {} : { 'content-length': body.length })
  if (!query.has('reset')) return void reply.end(body)
  // Asked to break off in the middle: the other end must hear of it.
  reply.write(body.subarray(0, body.length >> 1), () => request.socket.resetAndDestroy())
}

function serveTcp(socket: Socket): void {
  let received = Buffer.alloc(0)
  let afterEnd = (): void => {}
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk])
    for (;;) {
      const header = received.length < HEADER_BYTES ? null : readHeader(received)
      if (header === null || received.length < HEADER_BYTES + header.upLength) return
      const arrived = new Arrived()
      arrived.add(received.subarray(HEADER_BYTES, HEADER_BYTES + header.upLength))
      received = received.subarray(HEADER_BYTES + header.upLength)
      const isGood = arrived.checksum === block.checksum(header.upOffset, header.upLength)
      const answer = (): void => {
        socket.write(Buffer.from([isGood ? STATUS_GOOD : STATUS_WRONG]))
        socket.write(block.body(header.downOffset, header.downLength))
      }
      if (header.answersAfterEnd) afterEnd = answer
      else answer()
    }
  })
  socket.on('end', () => {
    afterEnd()
    socket.end()
  })
}

const http = createServer((request, reply) => {
  serveHttp(request, reply).catch(() => reply.destroy())
})
http.keepAliveTimeout = 3_600_000
http.requestTimeout = 0
http.listen(httpPort, '127.0.0.1')
if (http2Port !== undefined) {
  // What is used of both is the same.
  const http2 = createHttp2Server((request, reply) => {
    const [asIncoming, asReply] = [request as unknown as IncomingMessage, reply as unknown as ServerResponse]
    serveHttp(asIncoming, asReply).catch(() => reply.stream.close())
  })
  http2.on('sessionError', () => {})
  http2.listen(http2Port, '127.0.0.1')
}
createTcpServer({ allowHalfOpen: true, noDelay: true }, serveTcp).listen(tcpPort, '127.0.0.1', () => {
  if (process.send === undefined) process.stdout.write('serves\n')
  else process.send('ready')
})
process.on('disconnect', () => process.exit(0))
