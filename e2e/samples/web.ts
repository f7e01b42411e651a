/**
 * A shop's front: calls cart and catalog by name, RATE times a second each, for ever, and writes one JSON line per call:
 * what was called, the status or the error, how long it took, who answered. Every tenth cart call is a DELETE.
 * A call that has no answer after TIMEOUT_S is given up.
 */
const { CART_URL = 'http://cart:8080', CATALOG_URL = 'http://catalog:8080', RATE = '20', TIMEOUT_S = '5' } = process.env
let calls = 0

setInterval(
  () => {
    calls++
    const method = calls % 10 === 0 ? 'DELETE' : 'GET'
    void call(method === 'GET' ? 'cart' : 'cart-delete', method, `${CART_URL}/items`)
    void call('catalog', 'GET', `${CATALOG_URL}/books`)
  },
  1000 / Number(RATE),
)

async function call(target: string, method: string, url: string): Promise<void> {
  const startedMs = performance.now()
  let outcome: Record<string, unknown>
  try {
    const reply = await fetch(url, { method, signal: AbortSignal.timeout(Number(TIMEOUT_S) * 1000) })
    await reply.arrayBuffer()
    outcome = {
      status: reply.status,
      version: reply.headers.get('x-version') ?? undefined,
      instance: reply.headers.get('x-instance') ?? undefined,
      reason: reply.headers.get('weft-reason') ?? undefined,
    }
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error
    outcome = { status: 0, error: String(cause) }
  }
  const ms = Math.round((performance.now() - startedMs) * 100) / 100
  process.stdout.write(JSON.stringify({ target, method, ms, ...outcome }) + '\n')
}
