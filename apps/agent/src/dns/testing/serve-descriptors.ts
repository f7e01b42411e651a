import { systemClock } from '@weft/host'
import { silentLogger } from '@weft/telemetry'
import { DnsServer } from '../dns-server.ts'

/** A process that answers for one service at the sockets it was started with: UDP at 3, TCP at 4. */
const names = { lookup: (name: string) => (name === 'cart' ? { address4: '198.19.0.1', address6: '' } : null) }
const server = new DnsServer({ names, upstreams: [] }, systemClock, silentLogger)
await server.listenUdp({ fd: 3 }, () => ['default'])
await server.listenTcp({ fd: 4 }, () => ['default'])
process.send?.('ready')
process.on('disconnect', () => process.exit(0))
