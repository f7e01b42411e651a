import type { Channel } from '@weft/channel'
import { type HttpServerConnection, type HttpService, Http1Server, Http2Server } from '@weft/http-proxy'
import type { TrafficTable } from '@weft/layers'
import type { Origin } from '@weft/stack'
import type { DataPlane } from './data-plane.ts'

/** HTTP by this stack, within the limits of the worker and counted by it. `scheme` is what the client sees. */
export function httpServiceOf(
  plane: DataPlane,
  handler: HttpService['handler'],
  scheme: 'http' | 'https' = 'http',
): HttpService {
  const { clock, coarseWheel: wheel, http1Counters, http2Counters } = plane
  return { handler, clock, wheel, options: { ...plane.options.http, scheme }, http1Counters, http2Counters }
}

/** Serves HTTP on a channel, and keeps the connection among the open ones, counted for its service, until it ends. */
export function serveHttp(
  plane: DataPlane,
  table: TrafficTable,
  service: HttpService,
  channel: Channel,
  version: 'http1' | 'http2',
  origin: Origin,
  name: string,
): HttpServerConnection {
  const counter = table.counter(origin.caller, name, null, 'http')
  counter.opened()
  const closed = (connection: HttpServerConnection): void => {
    counter.closed(0, 0)
    plane.connections.remove(connection)
  }
  const connection: HttpServerConnection =
    version === 'http1'
      ? new Http1Server(channel, origin, service, closed)
      : new Http2Server(channel, origin, service, closed)
  plane.connections.add(connection)
  return connection
}
