import protobuf from 'protobufjs/minimal.js'

/** Any generated message class. */
export interface MessageType<T> {
  decode(reader: protobuf.Reader | Uint8Array, length?: number): T
  encode(message: T, writer?: protobuf.Writer): protobuf.Writer
}

/** A reader that refuses fields the schema does not know, instead of skipping them. */
class StrictReader extends protobuf.Reader {
  override skipType(wireType: number): this {
    throw new RangeError(`unknown field before octet ${this.pos} (wire type ${wireType})`)
  }
}

/**
 * Decodes one message and refuses what the schema does not know: an unknown field, a wrong wire type, a short buffer.
 * Throws RangeError or Error that says where. For requests; replies of a newer peer are decoded leniently.
 */
export function decodeStrict<T>(type: MessageType<T>, bytes: Uint8Array): T {
  return type.decode(new StrictReader(bytes))
}

/** The octets of a message. */
export function encodeMessage<T>(type: MessageType<T>, message: T): Uint8Array {
  return type.encode(message).finish()
}
