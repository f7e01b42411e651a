import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { loadAddon } from '@weft/ebpf'
import { silentLogger } from '@weft/telemetry'
import { storeOf } from '../../descriptors/launcher-store.ts'

/** A program below the launcher: takes its listener from the store, else makes and keeps it, and answers with its pid. */
const addon = loadAddon()
const store = storeOf(process.env, () => addon, silentLogger)
store.begin()
const taken = store.take('listener')
const fd = taken >= 0 ? taken : addon.tcpListen(-1, '127.0.0.1', 0, 64, false)
if (taken < 0) store.keep('listener', fd)
const server = createServer((socket) => void socket.end(String(process.pid)))
server.listen({ fd })
await once(server, 'listening')
// On request it lets go of what it kept.
process.on('SIGUSR2', () => {
  store.drop('listener')
  process.kill(process.pid, 'SIGKILL')
})
store.ready()
const { port } = server.address() as AddressInfo
process.stdout.write(
  `${JSON.stringify({ pid: process.pid, port, isTaken: taken >= 0, restarts: store.restarts, none: store.take('other') })}\n`,
)
