import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Folders below the mount in which kubelet's may be: `kubelet`, `kubelet.slice` of nodes that are containers. */
const ROOT_DEPTH_MAX = 2

/**
 * Finds the cgroup of a pod below the cgroup v2 mount, whichever driver kubelet uses. Every container of the pod is below
 * it, under whatever name its runtime gave it.
 *
 *   cgroupfs  kubepods/[burstable/|besteffort/]pod<uid>
 *   systemd   kubepods.slice/[kubepods-burstable.slice/]kubepods[-burstable]-pod<uid, - as _>.slice
 *
 * Source: Kubernetes, pkg/kubelet/cm (cgroup names of pods), by reading what nodes have.
 */
export class PodCgroups {
  readonly #mount: string
  #roots: readonly string[] = []

  /** `mount` is where the cgroup v2 hierarchy of the node is, `/sys/fs/cgroup` or `/sys/fs/cgroup/unified` of its own. */
  constructor(mount: string) {
    this.#mount = mount
  }

  /** `uids`: those that a pod may go by there; see {@link cgroupUids}. Null while there is none. */
  find(uids: readonly string[]): string | null {
    const found = this.#lookIn(this.#roots, uids)
    if (found !== null) return found
    this.#roots = rootsBelow(this.#mount, 0)
    return this.#lookIn(this.#roots, uids)
  }

  #lookIn(roots: readonly string[], uids: readonly string[]): string | null {
    for (const root of roots)
      for (const uid of uids) {
        const place = placesOf(root, uid).find((path) => existsSync(path))
        if (place !== undefined) return place
      }
    return null
  }
}

/** Kubelet runs what lies in its own folder as pods too; these go by the hash of their file, which an annotation tells. */
export const CONFIG_HASH_ANNOTATION = 'kubernetes.io/config.hash'

/** Names by which the cgroup of a pod may go. */
export function cgroupUids(metadata: {
  readonly uid?: string
  readonly annotations?: Readonly<Record<string, string>>
}): string[] {
  return [metadata.uid, metadata.annotations?.[CONFIG_HASH_ANNOTATION]].filter(
    (uid) => uid !== undefined && uid !== '',
  ) as string[]
}

function placesOf(root: string, uid: string): string[] {
  const name = root.slice(root.lastIndexOf('/') + 1)
  if (!name.endsWith('.slice')) return ['', 'burstable', 'besteffort'].map((qos) => join(root, qos, `pod${uid}`))
  const stem = name.slice(0, -'.slice'.length)
  const pod = `pod${uid.replaceAll('-', '_')}.slice`
  const classes = ['burstable', 'besteffort'].map((qos) => join(root, `${stem}-${qos}.slice`, `${stem}-${qos}-${pod}`))
  return [join(root, `${stem}-${pod}`), ...classes]
}

function rootsBelow(dir: string, depth: number): string[] {
  const names = foldersIn(dir)
  const roots = names.filter((name) => name === 'kubepods' || /^([a-z0-9]+-)*kubepods\.slice$/.test(name))
  const deeper = depth < ROOT_DEPTH_MAX ? names.filter((name) => !roots.includes(name)) : []
  return [...roots.map((name) => join(dir, name)), ...deeper.flatMap((name) => rootsBelow(join(dir, name), depth + 1))]
}

function foldersIn(dir: string): string[] {
  try {
    const entries = readdirSync(dir, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  } catch {
    return [] // it went away while we looked
  }
}
