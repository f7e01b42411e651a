import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { detachCapture, loadAddon } from '@weft/ebpf'
import { describeError } from '@weft/faults'
import { systemClock } from '@weft/host'
import type { Logger } from '@weft/telemetry'
import type { AgentConfig } from '../config.ts'
import { KUBERNETES_PIN_DIR } from './agent-place.ts'
import { CniChain } from './cni-chain.ts'

/** By which the next launcher takes over, as the chart names it. Ours still listens, and one that was killed left it. */
const LAUNCHER_SOCKET = 'launcher.sock'

/**
 * Takes the mesh out of this node: the CNI plugin first, so that pods start without us, then hooks and pins, then what the
 * agent kept. Does all of it also when a part fails; resolves with what failed. Twice is fine.
 */
export function uninstall(config: AgentConfig, log: Logger): string[] {
  const { cniConfigDir: configDir, cniBinaryDir: binaryDir, cniSocket, cniNamespacesFile, stateDir } = config
  const entry = { socket: cniSocket, namespaces: cniNamespacesFile }
  const faults: string[] = []
  const step = (name: string, work: () => void): void => {
    try {
      work()
      log.info('uninstalled', { part: name })
    } catch (error) {
      faults.push(`${name}: ${describeError(error)}`)
      log.error('cannot uninstall', { part: name, error: describeError(error) })
    }
  }
  step('CNI plugin', () => new CniChain({ configDir, binaryDir, pluginPath: '', entry }, systemClock, log).remove())
  step('hooks and pins', () => {
    const pinDir = pinDirOf(config)
    detachCapture(loadAddon(), pinDir)
    removeEmpty(dirname(pinDir))
  })
  step('files', () => {
    for (const socket of [cniSocket, join(dirname(cniSocket), LAUNCHER_SOCKET)]) rmSync(socket, { force: true })
    for (const dir of [dirname(cniNamespacesFile), stateDir]) empty(dir)
    for (const dir of new Set([cniSocket, cniNamespacesFile, stateDir].map(dirname))) removeFolder(dir)
  })
  return faults
}

/** The files of the node as its first process sees them. */
const NODE_FILES = '/proc/1/root'

/**
 * Removes a folder with those above it that are empty then, up to our own. In the pod it is a mount, which can't be removed;
 * the node's own can. Whatever others put there stays.
 */
function removeFolder(dir: string): void {
  for (let at = dir; /\/weft(\/|$)/.test(at); at = dirname(at)) {
    for (const path of [at, join(NODE_FILES, at)]) {
      try {
        rmdirSync(path)
      } catch {
        // Not there, not empty, a mount, or no node's.
      }
    }
  }
}

export function pinDirOf({ platform, bpfPinDir }: AgentConfig): string {
  return bpfPinDir === '' && platform === 'kubernetes' ? KUBERNETES_PIN_DIR : bpfPinDir
}

function empty(dir: string): void {
  if (!existsSync(dir)) return
  for (const name of readdirSync(dir)) rmSync(join(dir, name), { recursive: true, force: true })
  try {
    rmdirSync(dir)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EBUSY') throw error
  }
}

function removeEmpty(dir: string): void {
  if (existsSync(dir) && readdirSync(dir).length === 0) rmdirSync(dir)
}
