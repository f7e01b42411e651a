import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { layout } from './layout.ts'
import { runWeft } from './weft.ts'

/** The fields of `weft stat --by edge -o json` that are looked at. */
interface Edge {
  readonly service: string
  readonly source: string
  readonly destination: string
  readonly protocol: string
  readonly security: string
  readonly successes: number
  readonly failures: number
}

const STAT_TIMEOUT_MS = 15_000

/**
 * Asserts that calls from `client` to the service went through the mesh, encrypted, as what they are and without a
 * failure. Counters arrive with the next report of the agents, so it asks until they have. Nothing without a mesh.
 */
export async function expectMutualTls(
  service: string,
  expected: { protocol: string; failures?: number },
): Promise<void> {
  if (layout.nodes === 0) return
  const deadlineMs = performance.now() + STAT_TIMEOUT_MS
  let edges: Edge[] = []
  do {
    const stat = JSON.parse(await runWeft('stat', '--by', 'edge', '--window', '60s', '-o', 'json')) as {
      rows?: Edge[]
    }
    edges = (stat.rows ?? []).filter((row) => row.service === `default/${service}`)
    if (edges.some(({ protocol, successes }) => protocol === expected.protocol && successes > 0)) break
    await sleep(500)
  } while (performance.now() < deadlineMs)
  const seen = JSON.stringify(edges)
  expect(edges.length, `an edge to ${service}`).toBeGreaterThan(0)
  for (const edge of edges) {
    expect(edge.security, seen).toBe('mtls')
    expect(edge.source).toMatch(/^spiffe:\/\/cluster\.local\/ns\/default\/sa\/client$/)
    expect(edge.destination).toBe(`spiffe://cluster.local/ns/default/sa/${service}`)
  }
  const total = edges.reduce((sum, { failures }) => sum + failures, 0)
  expect(total, `failures in ${seen}`).toBeLessThanOrEqual(expected.failures ?? 0)
  expect(
    edges.map(({ protocol }) => protocol),
    seen,
  ).toContain(expected.protocol)
}
