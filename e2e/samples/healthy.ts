/** A gRPC server that says it is well: `grpc.health.v1.Health/Check`, which Kubernetes' gRPC probes call. */
import { Server, ServerCredentials } from '@grpc/grpc-js'

const { HOST = '0.0.0.0', PORT = '9090' } = process.env
/** HealthCheckResponse { status: SERVING }, as protobuf writes it. */
const SERVING = Buffer.of(0x08, 0x01)

const octets = (bytes: Buffer): Buffer => bytes
const check = {
  path: '/grpc.health.v1.Health/Check',
  requestStream: false,
  responseStream: false,
  requestSerialize: octets,
  requestDeserialize: octets,
  responseSerialize: octets,
  responseDeserialize: octets,
} as const

const server = new Server()
server.addService(
  { check },
  { check: (_call: unknown, answer: (error: null, reply: Buffer) => void) => answer(null, SERVING) },
)
server.bindAsync(`${HOST}:${PORT}`, ServerCredentials.createInsecure(), (error) => {
  if (error !== null) throw error
})
process.once('SIGTERM', () => server.forceShutdown())
