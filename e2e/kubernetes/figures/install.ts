import { once } from 'node:events'
import { spawnInCluster } from '../harness/cluster.ts'
import { LinkCapture } from '../harness/link-capture.ts'
import { enrolled, installMesh } from '../harness/mesh.ts'
import { type ApiServer } from './api-server.ts'
import { below, type Chapter, figure } from './report.ts'
import { addressOf, namespaceOf, ports } from './scene.ts'

/** An answer of 200, as bench/native/first.c tells of it. */
export interface Answer {
  readonly target: string
  readonly startedMs: number
  readonly beganMs: number
  readonly endedMs: number
  readonly inVain: number
}

const EVERY_MS = 20
const AIM_MS = 60_000
const END_MS = 5_000
/** For how long after the parts are ready a request may need to go through the mesh. */
const PATIENCE_MS = 30_000

/**
 * Installs the mesh while pods of the namespace that is to be in it talk to each other across nodes, and finds the first
 * request that went through it, by what the link between the nodes saw.
 */
export async function measureInstall(api: ApiServer): Promise<Chapter> {
  const link = await LinkCapture.start('node1')
  const target = `${await addressOf(api, 'mesh', 'server')}:${ports.http1}`
  const loop = [`every=${EVERY_MS}`, 'each', target]
  const client = spawnInCluster('kubectl', '-n', namespaceOf('mesh'), 'exec', '-i', 'far', '--', '/bin/first', ...loop)
  let said = ''
  client.stdout!.on('data', (chunk: Buffer) => (said += chunk.toString()))
  try {
    const startedMs = Date.now()
    await installMesh()
    const readyMs = Date.now()
    await enrolled(namespaceOf('mesh'))
    const answer = await firstThroughMesh(link, () => answersOf(said), startedMs)
    const tookMs = answer.endedMs - startedMs
    return {
      title: 'Installation',
      how:
        `\`helm install\` on a cluster that has the images, while a pod asks another, on the other node, every ${EVERY_MS} ms. ` +
        'The first request is encrypted when it got its answer while the link of the node carried HBONE (mTLS) and no other packet between pods.',
      figures: [
        figure(
          'helm install to the first encrypted request',
          `${(tookMs / 1000).toFixed(1)} s`,
          below(tookMs / 1000, AIM_MS / 1000, 's'),
        ),
        figure('helm install to all parts ready', `${((readyMs - startedMs) / 1000).toFixed(1)} s`),
        figure('longest time without an answer meanwhile', `${longestGapMs(answersOf(said), startedMs).toFixed(0)} ms`),
      ],
    }
  } finally {
    // The loop ends with its input; without, it would go on in the pod when kubectl has gone.
    client.stdin!.end()
    const late = setTimeout(() => client.kill('SIGKILL'), END_MS)
    if (client.exitCode === null && client.signalCode === null) await once(client, 'close')
    clearTimeout(late)
    await link.stop()
    link.dispose()
  }
}

async function firstThroughMesh(link: LinkCapture, answers: () => Answer[], sinceMs: number): Promise<Answer> {
  const untilMs = Date.now() + PATIENCE_MS
  for (;;) {
    const found = firstEncrypted(answers(), await link.times(), sinceMs)
    if (found !== null) return found
    if (Date.now() > untilMs)
      throw new Error(`no request went through the mesh within ${PATIENCE_MS} ms of its being ready`)
  }
}

/** Lines that are whole. */
export function answersOf(said: string): Answer[] {
  return said
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Answer)
}

/** The first answer during whose request HBONE passed, and nothing else; the capture may lag behind the last ones. */
export function firstEncrypted(
  answers: readonly Answer[],
  seen: { readonly tunnelled: readonly number[]; readonly plaintext: readonly number[] },
  sinceMs: number,
): Answer | null {
  const within = (times: readonly number[], { beganMs, endedMs }: Answer): boolean =>
    times.some((atMs) => atMs >= beganMs && atMs <= endedMs)
  return (
    answers.find(
      (answer) => answer.beganMs >= sinceMs && within(seen.tunnelled, answer) && !within(seen.plaintext, answer),
    ) ?? null
  )
}

/** From the end of one answer to the end of the next. */
export function longestGapMs(answers: readonly Answer[], sinceMs: number): number {
  const ends = answers.map(({ endedMs }) => endedMs).filter((atMs) => atMs >= sinceMs)
  return Math.max(0, ...ends.slice(1).map((atMs, i) => atMs - ends[i]!))
}
