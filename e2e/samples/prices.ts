/** A gRPC server: one price, a stream of prices, and haggling, where every offer is answered by a lower price. */
import {
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServerWritableStream,
} from '@grpc/grpc-js'
import { pricesService, type Price, type Question } from './prices-service.ts'

const { HOST = '0.0.0.0', PORT = '9090' } = process.env
const server = new Server()

server.addService(pricesService, {
  get(call: ServerUnaryCall<Question, Price>, reply: (error: null, price: Price) => void) {
    reply(null, { item: call.request.item, cents: 1200 })
  },
  watch(call: ServerWritableStream<Question, Price>) {
    let ticks = 0
    const timer = setInterval(() => {
      call.write({ item: call.request.item, cents: 1200 + ++ticks })
      if (ticks < 5) return
      clearInterval(timer)
      call.end()
    }, 20)
    call.on('cancelled', () => clearInterval(timer))
  },
  haggle(call: ServerDuplexStream<Price, Price>) {
    call.on('data', ({ item, cents }: Price) => call.write({ item, cents: cents - 100 }))
    call.on('end', () => call.end())
  },
})
server.bindAsync(`${HOST}:${PORT}`, ServerCredentials.createInsecure(), (error) => {
  if (error !== null) throw error
})

process.once('SIGTERM', () => server.tryShutdown(() => process.exit(0)))
