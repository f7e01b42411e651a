import { text } from '@weft/config'
import { Failure } from '@weft/faults'
import { findTarget } from '../cluster/target.ts'
import { defineCommand } from '../command-line/command.ts'
import { switchFlag, valueFlag } from '../command-line/flag.ts'
import { exitCodes } from '../exit-codes.ts'
import { captureChecks } from '../machine/checks.ts'
import { isAlive } from '../machine/process-identity.ts'
import { readMeshFile } from '../mesh/mesh-file.ts'
import { weftVersion } from '../mesh/version.ts'
import { type Finding, findingOf, printFinding } from '../output/findings.ts'
import { printData } from '../output/print-result.ts'

export const checkCommand = defineCommand({
  name: 'check',
  summary: 'Check this machine or cluster and the mesh on it',
  about: [
    'On a cluster, --pre checks what an installation needs: rights, versions, kernels, clocks, other meshes. Without it the\nmesh there is checked: parts, certificates, agents, pods, routes. What is a warning would not keep a mesh from working.',
    'On a machine, kernel, types, cgroups, capabilities and tools are what capture by eBPF needs: without one of them, weft works through\nan explicit proxy, so it is a warning unless a mesh captures already. Ids are stable. Exit code 6: something failed.',
  ],
  flags: {
    pre: switchFlag('Of a cluster: what an installation needs.'),
    image: valueFlag(
      'IMAGE',
      text('With --pre: image of the agent, by which nodes are looked at from within.', {
        default: `weft/agent:${weftVersion}`,
      }),
    ),
  },
  operands: { usage: '', min: 0, max: 0 },
  examples: ['check', 'check -o json', 'check --pre --context prod'],
  async run({ flags, context }) {
    const location = findTarget(flags, context)
    if (location.cluster === true) {
      const { checkCluster } = await import('../cluster/check.ts')
      return checkCluster(location, flags.pre, flags.image, flags.output, context)
    }
    if (flags.pre)
      throw new Failure('usage', 'found --pre without a cluster, expected --kubeconfig, --context or KUBECONFIG')
    const file = readMeshFile(location)
    const running = file !== null && isAlive(file.supervisor) ? file : null
    const findings: Finding[] = []
    const isNeeded = running?.plan.settings.capture === 'ebpf'
    for (const check of captureChecks) findings.push(await findingOf(check, isNeeded ? 'failed' : 'warning'))
    if (running !== null) {
      const { meshChecks } = await import('../machine/mesh-checks.ts')
      for (const check of meshChecks(running, context.clock)) findings.push(await findingOf(check, 'failed'))
    }
    if (!printData(context.out, flags.output, { mesh: running === null ? null : location.mesh, checks: findings })) {
      for (const finding of findings) printFinding(context.out, finding)
      if (running === null) context.out.write(`mesh ${location.mesh} is not running\n`)
    }
    return findings.some(({ result }) => result === 'failed') ? exitCodes.refused.code : exitCodes.ok.code
  },
})
