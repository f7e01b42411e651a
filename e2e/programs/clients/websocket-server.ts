import { webSocketLibrary } from './websocket-library.ts'

/** websocket-server.ts PORT: says hello, sends back what comes, and closes as it was asked to. */
const { WebSocketServer } = webSocketLibrary()
const server = new WebSocketServer({ port: Number(process.argv[2]), host: '::' })
server.on('connection', (socket) => {
  socket.send('hello')
  socket.on('message', (data, isBinary) => {
    const text = isBinary ? '' : data.toString()
    if (text === 'close') socket.close(4001, 'as asked')
    else socket.send(data, { binary: isBinary })
  })
})
