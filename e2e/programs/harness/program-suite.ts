import { needs } from '@weft/tools/testing'
import { layout } from './layout.ts'

const meshNeeds = layout.nodes === 0 ? [] : (['root', 'bpf', 'netns'] as const)

/** `programs('redis-server')('redis', () => { … })`: a suite that says at the end which program was missing. */
export function programs(...names: string[]): (title: string, body: () => void) => void {
  return needs(...meshNeeds, ...names.map((name) => `program:${name}` as const))
}
