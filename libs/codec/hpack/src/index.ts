// Header compression for HTTP/2 (RFC 7541): header blocks to fields and back, each side with its table.
// Not here: pseudo fields and what HTTP/2 makes of fields (http2).
// Start with decoder.ts and encoder.ts.
export * from './decoder.ts'
export * from './encoder.ts'
export { fieldName, FieldName } from './field-name.ts'
