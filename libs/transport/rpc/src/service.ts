import { encodeMessage, type MessageType } from '@weft/proto'

/** A generated message class: its name is used in messages. */
export interface MessageClass {
  readonly name: string
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the generated classes share no base type
  readonly encode: (message: any) => { finish(): Uint8Array }
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly decode: (reader: any, length?: number) => any
}

export type MethodKind = 'unary' | 'clientStream' | 'duplex'

/** One method of a service as proto/ declares it. */
export interface Method<
  Kind extends MethodKind = MethodKind,
  Request extends MessageClass = MessageClass,
  Reply extends MessageClass = MessageClass,
> {
  readonly kind: Kind
  /** `/package.Service/Method` */
  readonly path: string
  readonly request: Request
  readonly reply: Reply
}

export type Service = Readonly<Record<string, Method>>

/** What may be sent: every field optional. */
export type Sent<Class extends MessageClass> = Parameters<Class['encode']>[0]
/** What is received: every field present. */
export type Received<Class extends MessageClass> = ReturnType<Class['decode']>

/** Makes the methods of one service; the name in the table is the method's in lower camel case. */
export function methodsOf(serviceName: string): {
  unary<Request extends MessageClass, Reply extends MessageClass>(
    name: string,
    request: Request,
    reply: Reply,
  ): Method<'unary', Request, Reply>
  clientStream<Request extends MessageClass, Reply extends MessageClass>(
    name: string,
    request: Request,
    reply: Reply,
  ): Method<'clientStream', Request, Reply>
  duplex<Request extends MessageClass, Reply extends MessageClass>(
    name: string,
    request: Request,
    reply: Reply,
  ): Method<'duplex', Request, Reply>
} {
  const path = (name: string): string => `/${serviceName}/${name}`
  return {
    unary: (name, request, reply) => ({ kind: 'unary', path: path(name), request, reply }),
    clientStream: (name, request, reply) => ({ kind: 'clientStream', path: path(name), request, reply }),
    duplex: (name, request, reply) => ({ kind: 'duplex', path: path(name), request, reply }),
  }
}

/** The codec side of a message class, for `@weft/proto`. */
export function messageTypeOf<Class extends MessageClass>(type: Class): MessageType<Received<Class>> {
  return type as unknown as MessageType<Received<Class>>
}

/** Serializes messages of a class for grpc-js, without copying what the encoder made. */
export function encoderOf(type: MessageClass): (message: unknown) => Buffer {
  const codec = messageTypeOf(type)
  return (message) => {
    const bytes = encodeMessage(codec, message)
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  }
}
