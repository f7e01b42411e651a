import { connect } from 'node:net'

/** greeting.ts HOST PORT COUNT: how long a server that speaks first takes to, one connection after the other. JSON. */
const [host, port, count] = [process.argv[2]!, Number(process.argv[3]), Number(process.argv[4])]
const tookMs: number[] = []
let greeting = ''
for (let each = 0; each < count; each++) {
  const startedMs = performance.now()
  greeting = await new Promise<string>((resolve, reject) => {
    const socket = connect(port, host)
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('closed without a greeting')))
    socket.once('data', (chunk) => {
      resolve(chunk.toString('latin1'))
      socket.destroy()
    })
  })
  tookMs.push(Math.round(performance.now() - startedMs))
}
process.stdout.write(`${JSON.stringify({ tookMs, greeting: greeting.replace(/[^ -~]/g, '.').slice(0, 60) })}\n`)
