import { getSystemErrorMap } from 'node:util'

const names = getSystemErrorMap()

/** The error that Node would make of a failed system call; matched by `code`. */
export function errnoError(syscall: string, errno: number): NodeJS.ErrnoException {
  const code = names.get(-errno)?.[0] ?? `E${errno}`
  return Object.assign(new Error(`${syscall} ${code}`), { code, errno: -errno, syscall })
}
