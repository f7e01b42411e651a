/** A shopping cart over HTTP: GET /items lists, DELETE /items empties. Told by HOST and PORT where to listen. */
import { createServer } from 'node:http'
import { hostname } from 'node:os'

const { HOST = '0.0.0.0', PORT = '8080', INSTANCE = hostname() } = process.env
let items = ['tea', 'lamp']

const server = createServer((request, response) => {
  const isItems = request.url === '/items'
  if (isItems && request.method === 'DELETE') items = ['tea', 'lamp']
  const status = isItems ? 200 : 404
  response.writeHead(status, { 'content-type': 'application/json', 'x-instance': INSTANCE })
  response.end(JSON.stringify(isItems ? { items } : { error: 'expected /items' }))
})
server.listen(Number(PORT), HOST)

process.once('SIGTERM', () => {
  server.close(() => process.exit(0))
  server.closeIdleConnections()
})
