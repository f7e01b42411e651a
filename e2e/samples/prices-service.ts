/** The gRPC service of the samples: all four shapes of call but client streaming; messages are JSON, framing is gRPC's. */
import type { MethodDefinition } from '@grpc/grpc-js'

export interface Price {
  readonly item: string
  readonly cents: number
}
export interface Question {
  readonly item: string
}

export const pricesService = {
  get: method<Question, Price>('Get', false, false),
  watch: method<Question, Price>('Watch', false, true),
  haggle: method<Price, Price>('Haggle', true, true),
}

function method<Request, Reply>(
  name: string,
  requestStream: boolean,
  responseStream: boolean,
): MethodDefinition<Request, Reply> {
  const serialize = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))
  return {
    path: `/samples.Prices/${name}`,
    requestStream,
    responseStream,
    requestSerialize: serialize,
    requestDeserialize: (bytes) => JSON.parse(bytes.toString()) as Request,
    responseSerialize: serialize,
    responseDeserialize: (bytes) => JSON.parse(bytes.toString()) as Reply,
  }
}
