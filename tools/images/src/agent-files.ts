import { join } from 'node:path'
import { compileAddon } from '@weft/addon'
import { compilePrograms, findProgram } from '@weft/bpf'
import { pluginProgram } from '@weft/cni'
import { launcherProgram } from '@weft/launcher'
import type { FileTree } from './file-tree.ts'
import { addProgram } from './shared-libraries.ts'

/** Where the launcher is below the root of an image. */
export const LAUNCHER = 'native/launcher/prebuilt/weft-launcher'

/** What the agent compiles on other machines: in an image it is there already, and no compiler is. */
export async function addAgentFiles(tree: FileTree, imageRoot: string, scratchDir: string): Promise<void> {
  // Compiled anew: what lies in the user's cache may name another place of the sources.
  tree.addFile(join(imageRoot, 'native/addon/prebuilt/addon.node'), compileAddon(join(scratchDir, 'addon')), 0o755)
  const { objectPath, hash } = await compilePrograms(join(scratchDir, 'bpf'))
  tree.addFile(join(imageRoot, `native/bpf/prebuilt/${hash}.bpf.o`), objectPath)
  tree.addFile(
    join(imageRoot, 'native/cni/prebuilt/weft-cni'),
    await pluginProgram.compile(join(scratchDir, 'cni')),
    0o755,
  )
  tree.addFile(join(imageRoot, LAUNCHER), await launcherProgram.compile(join(scratchDir, 'launcher')), 0o755)
  const bpftool = findProgram('bpftool')
  if (bpftool === null) throw new Error('Cannot build the image of the agent: expected the program bpftool')
  addProgram(tree, '/usr/sbin/bpftool', bpftool)
}
