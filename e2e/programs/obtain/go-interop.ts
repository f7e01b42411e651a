import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { programsCache } from '../harness/place.ts'
import { complaintOf } from './command.ts'
import { programPath } from './program-path.ts'

/** The newest gRPC for Go that an older compiler still builds: Debian 12 has 1.19, Ubuntu 24.04 has 1.22. */
const versions: readonly (readonly [goMinor: number, grpc: string])[] = [
  [24, 'v1.76.0'],
  [21, 'v1.67.0'],
  [19, 'v1.64.0'],
]

/** `go-interop-client` and `go-interop-server`, the gRPC project's own interoperability pair. Returns why not, or ''. */
export function obtainGoInterop(say: (line: string) => void): string {
  const built = join(programsCache, 'go')
  for (const part of ['client', 'server']) {
    if (!existsSync(join(built, part))) {
      const complaint = build(built, part, say)
      if (complaint !== '') return complaint
    }
    const link = join(programsCache, 'bin', `go-interop-${part}`)
    mkdirSync(join(programsCache, 'bin'), { recursive: true })
    rmSync(link, { force: true })
    symlinkSync(join(built, part), link)
  }
  return ''
}

function build(built: string, part: string, say: (line: string) => void): string {
  const go = programPath('go')
  if (go === '') return 'found no Go compiler, expected one (Debian: golang-go)'
  const minor = Number(/go1\.(\d+)/.exec(execFileSync(go, ['version'], { encoding: 'utf8' }))?.[1] ?? 0)
  const version = versions.find(([oldest]) => minor >= oldest)?.[1]
  if (version === undefined) return `found Go 1.${minor}, expected 1.19 or newer`
  const module = `google.golang.org/grpc/interop/${part}@${version}`
  say(`building ${module}`)
  return complaintOf(go, ['install', module], { GOBIN: built })
}
