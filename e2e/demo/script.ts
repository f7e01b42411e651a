import type { DemoMesh } from './demo-mesh.ts'
import type { Display } from './display.ts'
import { isGood, quantileMs, share, type CallOutcome } from './outcomes.ts'
import { SLOW_POD } from './pods.ts'
import type { Promises } from './promises.ts'
import { statEdges } from './stat-feed.ts'

const percent = (value: number): string => `${(value * 100).toFixed(1)} %`
const failed = (outcomes: readonly CallOutcome[]): CallOutcome[] => outcomes.filter((each) => !isGood(each))

/** The scripted part: what is done to the mesh, and what its callers see of it. Everything that is claimed is computed. */
export async function runScript(mesh: DemoMesh, display: Display, promises: Promises): Promise<void> {
  const startMs = performance.now()
  await steady(mesh, display, promises)
  await killInstance(mesh, display, promises)
  await makeSlow(mesh, display, promises)
  await denyPolicy(mesh, display, promises)
  await shiftRoute(mesh, display, promises)
  quietBystanders(mesh, promises, startMs)
}

async function steady(mesh: DemoMesh, display: Display, promises: Promises): Promise<void> {
  display.phase('steady traffic: web → cart, web → catalog (10 % to v2), a TCP greeter, gRPC streams')
  const wire = mesh.watchWire()
  const sinceMs = performance.now()
  await mesh.pause(7_000)
  const catalog = mesh.outcomes.since(sinceMs, 'catalog')
  const all = mesh.outcomes.since(sinceMs)
  const v2 = share(catalog, (each) => each.version === 'v2')
  // Four standard deviations of a binomial: one run in fifteen thousand is outside by chance.
  const tolerance = 4 * Math.sqrt((0.1 * 0.9) / Math.max(1, catalog.length))
  const slow = share(
    catalog.filter((each) => each.version === 'v1'),
    (each) => each.instance === SLOW_POD,
  )

  promises.record('every call succeeds', all.length > 0 && failed(all).length === 0, describe(all))
  promises.record(
    'one in ten catalog calls goes to v2',
    Math.abs(v2 - 0.1) < tolerance,
    `${percent(v2)} of ${catalog.length} (10 % ± ${percent(tolerance)})`,
  )
  promises.record('the instance that is 20× slower gets far less than its third', slow < 1 / 6, percent(slow))
  await checkEdges(mesh, promises)
  const evidence = await wire?.stop()
  const held = evidence === undefined ? null : evidence.bytes > 0 && evidence.plaintext.length === 0
  const measured =
    evidence === undefined
      ? mesh.noWireReason
      : `${Math.round(evidence.bytes / 1024)} KiB on the wire, plaintext found: ${evidence.plaintext.join(', ') || 'none'}`
  promises.record('nothing crosses between the nodes in plaintext', held, measured)
}

/** Callers and callees prove identities of their own; the mesh says how much time it took of each call. */
async function checkEdges(mesh: DemoMesh, promises: Promises): Promise<void> {
  const edges = (await statEdges('7s')).filter((row) => row.successes + row.failures > 0)
  const isMutual =
    edges.length > 0 &&
    edges.every(
      (row) => row.security === 'mtls' && /\/sa\/[a-z]/.test(row.source) && /\/sa\/[a-z]/.test(row.destination),
    )
  const names = edges.map((row) => `${account(row.source)}→${account(row.destination)}`)
  promises.record(
    'every edge is mTLS between identities of the workloads',
    isMutual,
    [...new Set(names)].join(', ') || 'no edges',
  )
  const added = edges.map((row) => row.addedP99Ms).filter((value) => value > 0)
  const worstMs = Math.max(0, ...added)
  promises.record(
    'the mesh says what it adds to a call',
    added.length > 0,
    `p99 added by the mesh ${worstMs.toFixed(2)} ms on the slowest edge`,
  )
  mesh.addedP99Ms = worstMs
}

async function killInstance(mesh: DemoMesh, display: Display, promises: Promises): Promise<void> {
  display.phase('kill -9 of one of the two cart instances')
  const sinceMs = performance.now() - 500
  mesh.kill('cart-2')
  await mesh.pause(3_000)
  const calls = mesh.outcomes.since(sinceMs).filter((each) => each.target.startsWith('cart'))
  promises.record(
    'no call fails when an instance is killed',
    calls.length > 0 && failed(calls).length === 0,
    describe(calls),
  )
}

async function makeSlow(mesh: DemoMesh, display: Display, promises: Promises): Promise<void> {
  display.phase('catalog-v1-1 becomes 20× slower')
  const before = mesh.outcomes.since(performance.now() - 4_000, 'catalog').filter((each) => each.version === 'v1')
  const shareBefore = share(before, (each) => each.instance === 'catalog-v1-1')
  mesh.signal('catalog-v1-1', 'SIGUSR2')
  await mesh.pause(2_000)
  const sinceMs = performance.now()
  await mesh.pause(3_000)
  const after = mesh.outcomes.since(sinceMs, 'catalog').filter((each) => each.version === 'v1')
  const shareAfter = share(after, (each) => each.instance === 'catalog-v1-1')
  mesh.signal('catalog-v1-1', 'SIGUSR2')
  promises.record(
    'traffic moves away from an instance that becomes slow',
    after.length > 0 && shareAfter < shareBefore / 2,
    `its share went from ${percent(shareBefore)} to ${percent(shareAfter)}`,
  )
}

async function denyPolicy(mesh: DemoMesh, display: Display, promises: Promises): Promise<void> {
  display.phase('weft apply -f deny.yaml --wait: web may not DELETE at cart')
  await mesh.apply('deny.yaml')
  // A call that was under way when the policy came into force may still report.
  await mesh.pause(300)
  const sinceMs = performance.now()
  await mesh.pause(2_000)
  const denied = mesh.outcomes.since(sinceMs, 'cart-delete')
  const others = mesh.outcomes.since(sinceMs, 'cart')
  const reason = denied.find((each) => each.reason !== undefined)?.reason ?? 'none'
  const isTold = denied.every(
    (each) => each.status === 403 && reasonOf(each).code === 'denied' && reasonOf(each).rule.includes('no-emptying'),
  )
  promises.record(
    'denied calls get 403 with the reason, from the moment apply returns',
    denied.length > 0 && isTold,
    `${denied.length} calls, reason ${reason}`,
  )
  promises.record(
    'what the policy does not name goes on',
    others.length > 0 && failed(others).length === 0,
    describe(others),
  )
  await mesh.remove('authorizationpolicy', 'no-emptying')
}

async function shiftRoute(mesh: DemoMesh, display: Display, promises: Promises): Promise<void> {
  display.phase('weft apply -f catalog-v2.yaml --wait: all of catalog to v2')
  await mesh.apply('catalog-v2.yaml')
  await mesh.pause(300)
  const sinceMs = performance.now()
  await mesh.pause(2_000)
  const calls = mesh.outcomes.since(sinceMs, 'catalog')
  const v2 = share(calls, (each) => each.version === 'v2')
  promises.record(
    'a route shift moves all traffic and fails none',
    calls.length > 0 && v2 === 1,
    `${percent(v2)} of ${calls.length} calls at v2`,
  )
  await mesh.apply('catalog.yaml')
}

/** Programs that none of this concerned. */
function quietBystanders(mesh: DemoMesh, promises: Promises, sinceMs: number): void {
  const greeter = mesh.outcomes.since(sinceMs, 'greeter')
  promises.record(
    'a server that speaks first is never waited for',
    greeter.length > 0 && failed(greeter).length === 0,
    `${describe(greeter)}, greeted after ${quantileMs(greeter, 0.5).toFixed(1)} ms`,
  )
  const grpc = mesh.outcomes.since(sinceMs).filter((each) => each.target.startsWith('grpc'))
  promises.record(
    'gRPC calls and streams run undisturbed',
    grpc.length > 0 && failed(grpc).length === 0,
    describe(grpc),
  )
}

function describe(outcomes: readonly CallOutcome[]): string {
  const bad = failed(outcomes)
  const first = bad[0]
  const why =
    first === undefined ? '' : ` (${first.target}: ${first.error ?? `status ${first.status} ${first.reason ?? ''}`})`
  return `${outcomes.length} calls, ${bad.length} failed${why}`
}

function account(identity: string): string {
  return identity.split('/').at(-1) ?? identity
}

function reasonOf(outcome: CallOutcome): { code: string; rule: string } {
  try {
    return JSON.parse(outcome.reason ?? '') as { code: string; rule: string }
  } catch {
    return { code: '', rule: '' }
  }
}
