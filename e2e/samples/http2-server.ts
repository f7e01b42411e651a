/** HTTP/2 in plaintext with prior knowledge: answers with the method, the path and the size of the body. */
import { createServer } from 'node:http2'

const { HOST = '0.0.0.0', PORT = '8080' } = process.env
const server = createServer((request, response) => {
  let size = 0
  request.on('data', (chunk: Buffer) => (size += chunk.length))
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'text/plain' })
    response.end(`${request.method} ${request.url} HTTP/${request.httpVersion} ${size}\n`)
  })
})
server.listen(Number(PORT), HOST)
process.once('SIGTERM', () => process.exit(0))
