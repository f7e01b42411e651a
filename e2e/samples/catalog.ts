/**
 * A catalog over HTTP, whose version and slowness can be chosen: VERSION, DELAY_MS (for every reply). SIGUSR2 makes it
 * twenty times slower, and the next one as fast as before.
 */
import { createServer } from 'node:http'
import { hostname } from 'node:os'

const { HOST = '0.0.0.0', PORT = '8080', VERSION = 'v1', DELAY_MS = '0', INSTANCE = hostname() } = process.env
const SLOWER = 20
let delayMs = Number(DELAY_MS)

const server = createServer((request, response) => {
  setTimeout(() => {
    response.writeHead(200, { 'content-type': 'application/json', 'x-version': VERSION, 'x-instance': INSTANCE })
    response.end(JSON.stringify({ version: VERSION, path: request.url, books: ['Dune', 'Momo'] }))
  }, delayMs)
})
server.listen(Number(PORT), HOST)

process.on('SIGUSR2', () => {
  const normalMs = Number(DELAY_MS)
  delayMs = delayMs === normalMs ? Math.max(normalMs, 1) * SLOWER : normalMs
})
process.once('SIGTERM', () => {
  server.close(() => process.exit(0))
  server.closeIdleConnections()
})
