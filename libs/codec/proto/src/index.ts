// The messages of proto/ as classes, generated (npm run proto), and strict decoding.
// Not here: services and calls (transport/rpc).
// Start with decode.ts.
import './plain-integers.ts'
export { weft } from './generated/weft.js'
export * from './decode.ts'
