/** Longer messages are cut: a field that is too large would lose the whole reply. */
export const GRPC_MESSAGE_BYTES_MAX = 1024

/**
 * A message as the value of grpc-message: UTF-8, with everything but visible ASCII without `%` percent-encoded.
 *
 * Cut, at a character, to `GRPC_MESSAGE_BYTES_MAX` octets. Source: gRPC over HTTP/2, "Status-Message".
 */
export function encodeGrpcMessage(text: string): string {
  let encoded = ''
  for (const character of text) {
    const code = character.codePointAt(0)!
    const piece = code >= 0x20 && code <= 0x7e && code !== 0x25 ? character : percent(character)
    if (encoded.length + piece.length > GRPC_MESSAGE_BYTES_MAX) break
    encoded += piece
  }
  return encoded
}

/** The message in a value of grpc-message. What is not valid percent-encoding or UTF-8 stays as it is. */
export function decodeGrpcMessage(value: string): string {
  if (!value.includes('%')) return value
  const octets = Buffer.from(
    value.replace(/%([0-9a-fA-F]{2})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16))),
    'latin1',
  )
  return octets.toString('utf8')
}

function percent(character: string): string {
  let encoded = ''
  for (const octet of Buffer.from(character, 'utf8')) encoded += `%${octet.toString(16).toUpperCase().padStart(2, '0')}`
  return encoded
}
