import { release } from 'node:os'
import { defineCommand } from '../command-line/command.ts'
import { exitCodes } from '../exit-codes.ts'
import { weftVersion } from '../mesh/version.ts'
import { printData } from '../output/print-result.ts'

export const versionCommand = defineCommand({
  name: 'version',
  summary: 'Print the version of weft, Node and the kernel',
  about: ['Asks no mesh; `weft status` shows the versions that run.'],
  flags: {},
  operands: { usage: '', min: 0, max: 0 },
  examples: ['version', 'version -o json'],
  async run({ flags, context }) {
    const versions = { weft: weftVersion, node: process.versions.node, kernel: release() }
    if (!printData(context.out, flags.output, versions)) {
      context.out.write(`weft ${versions.weft} (Node ${versions.node}, kernel ${versions.kernel})\n`)
    }
    return exitCodes.ok.code
  },
})
