/** Sends standard input to TARGET_HOST:TARGET_PORT, shuts down its sending side, and writes what is answered after that. */
import { connect } from 'node:net'

const { TARGET_HOST = 'digest', TARGET_PORT = '7100' } = process.env
const socket = connect({ host: TARGET_HOST, port: Number(TARGET_PORT), allowHalfOpen: true })
socket.on('error', (error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
socket.pipe(process.stdout)
process.stdin.pipe(socket)
