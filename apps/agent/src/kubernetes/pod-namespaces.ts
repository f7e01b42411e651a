import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { isIPv4 } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { processesIn, type Addon } from '@weft/ebpf'

/** The network namespace of a pod, held open so that it stays what it is. */
export interface HeldNamespace {
  /** Path by which this process and its children open it. Of no other namespace ever; after `close` of none. */
  readonly path: string
  readonly inode: bigint
  close(): void
}

/** Opens network namespaces of pods. */
export class PodNamespaces {
  readonly #addon: Addon
  readonly #procDir: string
  /** Numbers of descriptors are given out again, names of links are not: a path means one namespace for good. */
  readonly #linkDir = mkdtempSync(join(tmpdir(), 'weft-netns-'))
  #links = 0

  /** `procDir` shows the processes of the node. */
  constructor(addon: Addon, procDir = '/proc') {
    this.#addon = addon
    this.#procDir = procDir
  }

  /** The namespace that a process, held still meanwhile, has open as `fd`. Faults: SystemError. */
  ofDescriptor(pid: number, fd: number): HeldNamespace {
    return this.#hold(this.#addon.takeFd(pid, fd))
  }

  /**
   * The namespace of a running pod: that of a process of its cgroup, in which the pod's address is. Null while there is
   * none. A process may end and its number be given out again between two looks, so it must be in the cgroup before and
   * after its namespace was opened.
   */
  ofCgroup(cgroupPath: string, address: string): HeldNamespace | null {
    for (const pid of processesIn(cgroupPath)) {
      const held = this.#open(pid)
      if (held === null) continue
      const isIt = held.inode !== this.#ownInode() && this.#hasAddress(pid, address)
      if (isIt && processesIn(cgroupPath).includes(pid)) return held
      held.close()
    }
    return null
  }

  /** Nothing that is held can be opened by its path any more. */
  stop(): void {
    rmSync(this.#linkDir, { recursive: true, force: true })
  }

  #open(pid: number): HeldNamespace | null {
    const path = `${this.#procDir}/${pid}/ns/net`
    if (!existsSync(path)) return null
    try {
      return this.#hold(this.#addon.openNetns(path))
    } catch {
      return null // it ended
    }
  }

  #hold(fd: number): HeldNamespace {
    const path = join(this.#linkDir, String(this.#links++))
    symlinkSync(`/proc/${process.pid}/fd/${fd}`, path)
    let isOpen = true
    const close = (): void => {
      if (!isOpen) return
      isOpen = false
      rmSync(path, { force: true })
      this.#addon.closeFd(fd)
    }
    return { path, inode: statSync(path, { bigint: true }).ino, close }
  }

  #ownInode(): bigint {
    return statSync('/proc/self/ns/net', { bigint: true }).ino
  }

  /** Whether an address is local where that process is. Source: proc_pid_net(5). */
  #hasAddress(pid: number, address: string): boolean {
    try {
      if (isIPv4(address)) {
        const tree = readFileSync(`${this.#procDir}/${pid}/net/fib_trie`, 'utf8')
        // Leaves that are routes look the same but for what stands below.
        return tree
          .split(`|-- ${address}\n`)
          .slice(1)
          .some((below) => /^\s*\/32 host LOCAL/.test(below))
      }
      return readFileSync(`${this.#procDir}/${pid}/net/if_inet6`, 'utf8').includes(ipv6Digits(address))
    } catch {
      return false
    }
  }
}

/** 32 hexadecimal digits. */
export function ipv6Digits(address: string): string {
  const [head = '', tail] = address.toLowerCase().split('::')
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':').map((group) => group.padStart(4, '0')))
  const [before, after] = [groups(head), tail === undefined ? [] : groups(tail)]
  return [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0000'), ...after].join('')
}
