import type { Pod } from './objects.ts'
import { podPorts } from './pod-ports.ts'

/** Annotation of pods: `true` for every port, or numbers and names of ports with commas between them. */
export const PLAINTEXT_ANNOTATION = 'weft.dev/allow-plaintext'

/** Where a pod lets in whoever proves no identity. */
export interface PlaintextRule {
  readonly all: boolean
  readonly ports: readonly number[]
  /** What of the annotation can't be used, '' when all can; such a part lets nobody in. */
  readonly problem: string
}

const PORTS_MAX = 64

/** What the annotation of a pod says. A word that is no port lets nobody in. */
export function plaintextOf(pod: Pod): PlaintextRule {
  const text = (pod.metadata.annotations?.[PLAINTEXT_ANNOTATION] ?? 'false').trim()
  if (text === 'true') return { all: true, ports: [], problem: '' }
  if (text === 'false' || text === '') return { all: false, ports: [], problem: '' }
  const declared = podPorts(pod)
  const ports = new Set<number>()
  const wrong: string[] = []
  for (const word of text.split(',').map((part) => part.trim())) {
    const number = /^\d{1,5}$/.test(word) ? Number(word) : (declared.find(({ name }) => name === word)?.port ?? 0)
    if (word !== '' && number >= 1 && number <= 65535 && ports.size < PORTS_MAX) ports.add(number)
    else wrong.push(word)
  }
  const found = wrong
    .map((word) => JSON.stringify(word.slice(0, 40)))
    .slice(0, 5)
    .join(', ')
  const problem =
    wrong.length === 0
      ? ''
      : `annotation ${PLAINTEXT_ANNOTATION}: found ${found}, expected true, false, or at most ${PORTS_MAX} ports of the pod by number or name`
  return { all: false, ports: [...ports], problem }
}
