import { describeError, Failure } from '@weft/faults'
import type { certificatesService, Handlers, IncomingCall } from '@weft/rpc'
import type { Logger } from '@weft/telemetry'
import type { CaMetrics } from './metrics.ts'

type CertificatesHandlers = Handlers<typeof certificatesService>

/** Counts what the handlers issue and refuse, and logs each refusal. */
export function counted(handlers: CertificatesHandlers, metrics: CaMetrics, log: Logger): CertificatesHandlers {
  const wrap =
    <Request, Reply>(method: string, handle: (request: Request, call: IncomingCall) => Promise<Reply>) =>
    async (request: Request, call: IncomingCall): Promise<Reply> => {
      try {
        const reply = await handle(request, call)
        metrics.countIssued(method)
        return reply
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        metrics.countRefused(method, error.code)
        const { peerAddress, peerIdentity } = call
        log.warn('refused', { method, code: error.code, error: describeError(error), peerAddress, peerIdentity })
        throw error
      }
    }
  return {
    join: wrap('Join', handlers.join),
    renew: wrap('Renew', handlers.renew),
    issue: wrap('Issue', handlers.issue),
  }
}
