// DNS messages as octets: strict, bounded reading, and writing with compression and truncation.
// Not here: sockets, and who knows which name (the agent's DNS server).
// Start with message.ts.
export * from './address.ts'
export * from './message.ts'
export { LABEL_BYTES_MAX, NAME_BYTES_MAX } from './name.ts'
export { readMessage, RECORDS_MAX } from './read-message.ts'
export { writeMessage } from './write-message.ts'
