import { describeError } from '@weft/faults'
import { defineCommand } from '../command-line/command.ts'
import type { Output } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { captureChecks, type Check } from '../machine/checks.ts'
import { isAlive } from '../machine/process-identity.ts'
import { locateMesh } from '../mesh/location.ts'
import { readMeshFile } from '../mesh/mesh-file.ts'
import { printData } from '../output/print-result.ts'

interface Finding {
  readonly id: string
  readonly title: string
  readonly result: 'ok' | 'warning' | 'failed'
  readonly found: string
  readonly hint: string
}

export const checkCommand = defineCommand({
  name: 'check',
  summary: 'Check this machine and the mesh on it',
  about: [
    'Kernel, types, cgroups, capabilities and tools are what capture by eBPF needs: without one of them, weft works through\nan explicit proxy, so it is a warning unless a mesh captures already. Ids are stable. Exit code 6: something failed.',
  ],
  flags: {},
  operands: { usage: '', min: 0, max: 0 },
  examples: ['check', 'check -o json'],
  async run({ flags, context }) {
    const location = locateMesh(flags, context)
    const file = readMeshFile(location)
    const running = file !== null && isAlive(file.supervisor) ? file : null
    const findings: Finding[] = []
    const isNeeded = running?.plan.settings.capture === 'ebpf'
    for (const check of captureChecks) findings.push(await find(check, isNeeded ? 'failed' : 'warning'))
    if (running !== null) {
      const { meshChecks } = await import('../machine/mesh-checks.ts')
      for (const check of meshChecks(running, context.clock)) findings.push(await find(check, 'failed'))
    }
    if (!printData(context.out, flags.output, { mesh: running === null ? null : location.mesh, checks: findings })) {
      for (const finding of findings) printFinding(context.out, finding)
      if (running === null) context.out.write(`mesh ${location.mesh} is not running\n`)
    }
    return findings.some(({ result }) => result === 'failed') ? exitCodes.refused.code : exitCodes.ok.code
  },
})

async function find(check: Check, otherwise: 'warning' | 'failed'): Promise<Finding> {
  const { id, title, hint } = check
  const { ok, found } = await check.run().catch((error: unknown) => ({ ok: false, found: describeError(error) }))
  return { id, title, result: ok ? 'ok' : otherwise, found, hint: ok ? '' : hint }
}

function printFinding(out: Output, { id, title, result, found, hint }: Finding): void {
  const mark = { ok: out.style.good('✓'), warning: out.style.warn('!'), failed: out.style.bad('✗') }[result]
  out.write(`${mark} ${id.padEnd(21)} ${title}: ${found}\n`)
  if (hint !== '') out.write(`  ${' '.repeat(21)} ${hint}\n`)
}
