import { isSystemError, type Addon, type AttachType, type LinkInfo } from '@weft/addon'
import { existsSync, fstatSync, mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Keeps `program` at a hook through a link pinned at `pin`, which outlives this process.
 *
 * A live link that is there already gets the program put in its place without a gap; a link whose cgroup or namespace is
 * gone is replaced. Takes descriptors of the program and the target; closes neither.
 */
export function attachHook(addon: Addon, pin: string, program: number, target: number, attachType: AttachType): void {
  const old = openLink(addon, pin)
  if (old !== null) {
    try {
      if (isOn(addon, old, target, attachType)) {
        addon.linkUpdate(old, program)
        return
      }
      addon.linkDetach(old)
    } finally {
      addon.closeFd(old)
    }
    rmSync(pin, { force: true })
  }
  mkdirSync(dirname(pin), { recursive: true, mode: 0o700 })
  const link = addon.linkCreate(program, target, attachType)
  try {
    addon.objectPin(link, pin)
  } finally {
    addon.closeFd(link)
  }
}

/** Takes the program off its hook and removes the pin. Nothing there is fine. */
export function detachHook(addon: Addon, pin: string): void {
  const link = openLink(addon, pin)
  if (link === null) return
  try {
    addon.linkDetach(link)
  } finally {
    addon.closeFd(link)
    rmSync(pin, { force: true })
  }
}

/** Puts `program` in place of another at a hook that stands; where it does not any more its pin goes. No pin is fine. */
export function updateHook(addon: Addon, pin: string, program: number): void {
  const link = openLink(addon, pin)
  if (link === null) return
  try {
    addon.linkUpdate(link, program)
  } catch (error) {
    if (!isSystemError(error, 'ENOLINK')) throw error
    rmSync(pin, { force: true })
  } finally {
    addon.closeFd(link)
  }
}

/** What the kernel says of the link pinned at `pin`; null when there is none or it holds no hook any more. */
export function readHook(addon: Addon, pin: string): LinkInfo | null {
  const link = openLink(addon, pin)
  if (link === null) return null
  try {
    const info = addon.linkInfo(link)
    return info.cgroup === 0n && info.netnsInode === 0 ? null : info
  } finally {
    addon.closeFd(link)
  }
}

/** Whether the link still holds this very cgroup or namespace; a directory made anew under an old name is another. */
function isOn(addon: Addon, link: number, target: number, attachType: AttachType): boolean {
  const info = addon.linkInfo(link)
  const { ino } = fstatSync(target, { bigint: true })
  return info.attachType === attachType && (info.cgroup === ino || BigInt(info.netnsInode) === ino)
}

function openLink(addon: Addon, pin: string): number | null {
  if (!existsSync(pin)) return null
  try {
    return addon.objectGet(pin)
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return null
    throw error
  }
}
