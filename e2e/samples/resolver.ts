/** A DNS server that knows one name, `NAME` at `ADDRESS`, and answers NXDOMAIN to the rest. UDP only. */
import { createSocket } from 'node:dgram'

const { HOST = '127.0.0.1', PORT = '5399', NAME = 'outside.example', ADDRESS = '192.0.2.99' } = process.env
const A = 1
const NXDOMAIN = 3
const socket = createSocket('udp4')

socket.on('message', (query, { address, port }) => {
  const labels: string[] = []
  let at = 12
  while (query[at] !== 0 && at < query.length) {
    labels.push(query.toString('latin1', at + 1, at + 1 + query[at]!))
    at += 1 + query[at]!
  }
  const question = query.subarray(12, at + 5)
  const isKnown = labels.join('.').toLowerCase() === NAME
  const answers = isKnown && query.readUInt16BE(at + 1) === A ? 1 : 0
  // Flags: a response, recursion desired and available; then counts of questions, answers, authorities, additionals.
  const head = Buffer.from([query[0]!, query[1]!, 0x81, 0x80 | (isKnown ? 0 : NXDOMAIN), 0, 1, 0, answers, 0, 0, 0, 0])
  // The name as a pointer to the question, A, IN, 60 s, four octets.
  const record = Buffer.from([0xc0, 12, 0, A, 0, 1, 0, 0, 0, 60, 0, 4, ...ADDRESS.split('.').map(Number)])
  socket.send(Buffer.concat([head, question, ...(answers === 0 ? [] : [record])]), port, address)
})
socket.bind(Number(PORT), HOST, () => process.stdout.write('listening\n'))
process.once('SIGTERM', () => socket.close())
