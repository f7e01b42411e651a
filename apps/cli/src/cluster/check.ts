import type { OutputFormat } from '../command-line/global-flags.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { type Finding, findingOf, printFinding } from '../output/findings.ts'
import { printData } from '../output/print-result.ts'
import { loadCluster } from './cluster.ts'
import { clusterChecks, type ClusterCheck } from './cluster-checks.ts'
import { meshChecks } from './mesh-checks.ts'
import type { ClusterTarget } from './target.ts'

/** Checks a cluster, or with `isPre` false the mesh on it, and prints what was found. The exit code: 6 when something failed. */
export async function checkCluster(
  target: ClusterTarget,
  isPre: boolean,
  image: string,
  output: OutputFormat,
  context: Context,
): Promise<number> {
  const client = await loadCluster(target, context.clock)
  try {
    const checks = isPre
      ? clusterChecks(client, target.namespace, image, context.clock)
      : meshChecks(client, target, context.clock)
    const findings = await runAll(checks)
    if (!printData(context.out, output, { namespace: target.namespace, checks: findings })) {
      for (const finding of findings) printFinding(context.out, finding)
    }
    return findings.some(({ result }) => result === 'failed') ? exitCodes.refused.code : exitCodes.ok.code
  } finally {
    client.close()
  }
}

/** After the first one failed, which says whether the cluster answers, nothing else could be found out. */
async function runAll(checks: readonly ClusterCheck[]): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const check of checks) {
    const finding = await findingOf(check, check.severity)
    findings.push(finding)
    if (findings.length === 1 && finding.result === 'failed') break
  }
  return findings
}
