/** Calls the price service RATE times a second in every shape it has, and writes one JSON line per call. */
import { Client, credentials, type ServiceError } from '@grpc/grpc-js'
import { pricesService, type Price, type Question } from './prices-service.ts'

const { PRICES_ADDRESS = 'prices:9090', RATE = '5' } = process.env
const TIMEOUT_MS = 5_000
const client = new Client(PRICES_ADDRESS, credentials.createInsecure())
const { get, watch, haggle } = pricesService
const deadline = (): { deadline: number } => ({ deadline: Date.now() + TIMEOUT_MS })

setInterval(
  () => {
    void measure('grpc-unary', unary)
    void measure('grpc-stream', stream)
    void measure('grpc-bidi', bidi)
  },
  1000 / Number(RATE),
)

async function measure(target: string, call: () => Promise<boolean>): Promise<void> {
  const startedMs = performance.now()
  const outcome = await call().then(
    (isWhole) => (isWhole ? { status: 200 } : { status: 0, error: 'messages are missing' }),
    (error: ServiceError) => ({ status: 0, error: error.message }),
  )
  const ms = Math.round((performance.now() - startedMs) * 100) / 100
  process.stdout.write(JSON.stringify({ target, ms, ...outcome }) + '\n')
}

function unary(): Promise<boolean> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest<Question, Price>(
      get.path,
      get.requestSerialize,
      get.responseDeserialize,
      { item: 'tea' },
      deadline(),
      (error, price) => (error === null ? resolve(price?.cents === 1200) : reject(error)),
    )
  })
}

function stream(): Promise<boolean> {
  const call = client.makeServerStreamRequest<Question, Price>(
    watch.path,
    watch.requestSerialize,
    watch.responseDeserialize,
    { item: 'tea' },
    deadline(),
  )
  let messages = 0
  call.on('data', () => messages++)
  return new Promise((resolve, reject) => {
    call.once('end', () => resolve(messages === 5))
    call.once('error', reject)
  })
}

/** Each offer follows the answer to the one before, so the stream must flow both ways at once. */
function bidi(): Promise<boolean> {
  const call = client.makeBidiStreamRequest<Price, Price>(
    haggle.path,
    haggle.requestSerialize,
    haggle.responseDeserialize,
    deadline(),
  )
  let cents = 1200
  call.write({ item: 'tea', cents })
  return new Promise((resolve, reject) => {
    call.on('data', (offer: Price) => {
      cents = offer.cents
      if (cents > 800) call.write(offer)
      else call.end()
    })
    call.once('end', () => resolve(cents === 800))
    call.once('error', reject)
  })
}
