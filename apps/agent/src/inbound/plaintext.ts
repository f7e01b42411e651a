import type { TcpChannel } from '@weft/channel'
import type { Fault } from '@weft/faults'
import { refuseWithReply } from '@weft/http-proxy'
import type { Workload } from '@weft/topology'
import { HelloWatch } from '../gateway/hello-watch.ts'
import { Detection, type DetectionHandler, type OpenedChannel } from '../worker/detection.ts'
import type { ListenMessage } from '../worker/messages.ts'
import type { Inbound } from './inbound.ts'
import type { InboundOrigin } from './inbound-origin.ts'

const PATIENCE_MS = 3_000
const LINGER_MS = 5_000
const REFUSED_SILENCE_MS = 1_000

/**
 * Takes a connection that came to a workload without mutual TLS.
 *
 * Refused as `plaintext_refused`, in HTTP's words when the client speaks HTTP and by a reset otherwise, unless the
 * workload or a policy admits callers without identity, or the caller is exempt from that (exemptions.ts).
 */
export function acceptPlaintext(inbound: Inbound, channel: TcpChannel, listen: ListenMessage): void {
  const { plane } = inbound
  // The socket that sk_lookup steered here has the original destination as its own address.
  const address = channel.localAddress
  const port = channel.localPort
  const workload = workloadOf(inbound, address, port, listen)
  if (workload === null) {
    plane.refusalLog.warn('refused a plaintext connection', {
      remote: channel.remote,
      found: `no workload at ${address}:${port}`,
    })
    return channel.destroy(new Error('no workload'))
  }
  const usual = inbound.origin(workload, port, null, channel.remote)
  const isAdmitted = inbound.decide(usual, true) === null
  const exemption = isAdmitted ? null : inbound.exemptions.of(workload, port, channel.remoteAddress)
  const origin = exemption === null ? usual : inbound.origin(workload, port, null, channel.remote, exemption.authorizer)
  const overload = plane.admission.hold(channel, channel.remoteAddress)
  if (overload !== null) {
    inbound.refused(origin, overload)
    return channel.destroy(new Error(overload.reason.message))
  }
  if (exemption?.isTls === true) return acceptTls(inbound, channel, origin, workload)
  const refusal = inbound.decide(origin, true)
  const open = async (): Promise<OpenedChannel | Fault> => {
    const denied = refusal ?? inbound.decide(origin, false)
    return denied ?? inbound.applications.dial(workload, port)
  }
  // Who is refused may first say what it speaks, to be told in its own words.
  const openAfterMs = refusal === null ? 0 : REFUSED_SILENCE_MS
  new Detection(
    channel,
    open,
    { openAfterMs, patienceMs: PATIENCE_MS },
    handlers(inbound, origin, refusal),
    plane.clock,
    plane.connections,
  )
}

/** What is no TLS is closed; TLS is passed on as it is, for the workload to answer. */
function acceptTls(inbound: Inbound, channel: TcpChannel, origin: InboundOrigin, workload: Workload): void {
  new HelloWatch(channel, inbound.plane, (_, client) => {
    void inbound.applications.dial(workload, origin.port).then((dialled) => {
      if (dialled.ok) return inbound.relay(client, dialled.channel, origin)
      inbound.refused(origin, dialled)
      client.destroy(new Error(dialled.reason.message))
    })
  })
}

function handlers(inbound: Inbound, origin: InboundOrigin, refusal: Fault | null): DetectionHandler<OpenedChannel> {
  return {
    http: (client, version) => {
      if (refusal === null) return inbound.serveHttp(client, version, origin)
      inbound.refused(origin, refusal)
      if (version === 'http2') return client.destroy(new Error(refusal.reason.message))
      client.handler = silent
      client.resume()
      refuseWithReply(client, refusal)
      inbound.plane.clock.after(LINGER_MS, () => client.destroy())
    },
    octets: (client, _, application) => inbound.relay(client, application, origin),
    refused: (client, why) => {
      inbound.refused(origin, why)
      client.destroy(new Error(why.reason.message))
    },
    discarded: (opened) => opened.channel.destroy(),
    gone: () => {},
  }
}

/** Reads on to nobody, so that the client's end is seen. */
const silent = { bytes: () => {}, end: () => {}, drained: () => {}, closed: () => {} }

/** By the address that was called; at the node's own addresses by the kernel, which knows who listens there. */
function workloadOf(inbound: Inbound, address: string, port: number, listen: ListenMessage): Workload | null {
  const { snapshots, locals, localPorts } = inbound.plane
  const snapshot = snapshots.current
  if (listen.workload !== '') return snapshot.workload(listen.workload)
  const byAddress = snapshot.workloadAt(address)
  if (byAddress !== null) return byAddress
  const owner = locals.byCgroup(localPorts.ownerOf(address, port))
  return owner === null ? null : snapshot.workload(owner.uid)
}
