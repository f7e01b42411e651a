import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { checkChangelog } from './checks/changelog.ts'
import { checkConfigDocs } from './checks/config-docs.ts'
import { checkDecisions } from './checks/decisions.ts'
import { checkFaultDocs, type DocumentedFault } from './checks/fault-docs.ts'
import { checkFileLength } from './checks/file-length.ts'
import { checkIndexHeader } from './checks/index-header.ts'
import { checkLinks } from './checks/links.ts'
import { checkMetricDocs } from './checks/metric-docs.ts'
import { checkNames } from './checks/names.ts'
import { checkClangFormat, checkSpdx } from './checks/native-sources.ts'
import { checkPackages } from './checks/packages.ts'
import { checkPrivatePlaces } from './checks/private-places.ts'
import { checkProto } from './checks/proto.ts'
import { openTree, type Problem } from './tree.ts'

/**
 * Our own checks: a habit worth keeping is kept by a machine. `--write` makes anew what is generated (docs/config.md).
 * Prints `file:line: what was found, what was expected`; exits with 1 when there is any.
 */
const root = resolve(import.meta.dirname, '../../..')
const tree = openTree(root)
const faultModule = (await import(pathToFileURL(join(root, 'libs/base/faults/src/faults.ts')).href)) as {
  readonly faults: Readonly<Record<string, DocumentedFault>>
}

/** Null: this machine cannot tell. */
const results: Readonly<Record<string, readonly Problem[] | null>> = {
  'file length': checkFileLength(tree),
  names: checkNames(tree),
  'index headers': checkIndexHeader(tree),
  packages: checkPackages(tree),
  'private places': checkPrivatePlaces(tree),
  'decision records': checkDecisions(tree),
  changelog: checkChangelog(tree),
  links: checkLinks(tree),
  'docs/faults.md': checkFaultDocs(tree, Object.values(faultModule.faults)),
  'docs/metrics.md': checkMetricDocs(tree),
  'docs/config.md': await checkConfigDocs(tree, process.argv.includes('--write')),
  'generated protocol code': checkProto(tree),
  'license lines in C': checkSpdx(tree),
  'layout of C': checkClangFormat(tree),
}

let found = 0
for (const [check, problems] of Object.entries(results)) {
  if (problems === null) process.stdout.write(`tidy: ${check}: not checked, clang-format is missing\n`)
  for (const { file, line, message } of problems ?? []) {
    found++
    process.stdout.write(`${file}${line > 0 ? `:${line}` : ''}: ${message}\n`)
  }
}
process.stdout.write(`tidy: ${Object.keys(results).length} checks, ${found} problems\n`)
process.exitCode = found > 0 ? 1 : 0
