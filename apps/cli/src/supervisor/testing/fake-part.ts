import { createServer } from 'node:net'

/** Stands in for a part: says that it is ready, ends on SIGTERM or when its parent is gone; fails or dies when told to. */
const [behaviour = 'ready'] = process.argv.slice(2)
if (behaviour === 'fail') {
  process.stderr.write(JSON.stringify({ level: 'error', message: 'cannot start', error: 'no such key' }) + '\n')
  process.exit(1)
}
const server = createServer().listen(0, '127.0.0.1')
process.send?.({ ready: true, pid: process.pid })
process.once('SIGTERM', () => process.exit(0))
process.once('disconnect', () => process.exit(0))
if (behaviour === 'die') setTimeout(() => process.exit(3), 600)
server.ref()
