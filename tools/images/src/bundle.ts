import { basename, dirname, join, relative } from 'node:path/posix'
import { rolldown, type Plugin } from 'rolldown'

/** One program of ours as a module: types stripped, npm packages included, what nobody calls left out. */
export interface Bundle {
  /** Where it stands in the repository: `apps/agent/src/main.js` for main.ts. */
  readonly path: string
  readonly code: string
  /** Modules beside it that it loads when it needs them, by their names. */
  readonly chunks: ReadonlyMap<string, string>
  /** Folders of the npm packages that are in it, for their licenses. */
  readonly packages: readonly string[]
  /** Programs that it starts as processes of their own, as `new URL('…/main.ts', import.meta.url)`. */
  readonly started: readonly string[]
}

const STARTED = /new URL\('([^']+\/main)\.ts', import\.meta\.url\)/g
const REQUIRE = /^const require = createRequire\(import\.meta\.url\)$/m

/**
 * Bundles `entry`, a path below `root`. In the image the tree stands at `imageRoot`, so that paths told by
 * `import.meta.url` are right there: each module keeps the address that it has in the repository.
 */
export async function bundle(root: string, entry: string, imageRoot: string): Promise<Bundle> {
  const started = new Set<string>()
  const builder = await rolldown({
    input: join(root, entry),
    cwd: root,
    platform: 'node',
    plugins: [ownAddresses(root, imageRoot, started)],
    // Packages of CommonJS name functions that they then make themselves; theirs to know.
    onLog: (level, log) => {
      if (level === 'warn' && log.code === 'UNRESOLVED_IMPORT')
        throw new Error(`Cannot bundle ${entry}: ${log.message}`)
    },
  })
  try {
    const { output } = await builder.generate({
      format: 'esm',
      // What a service seldom needs is loaded then: the client of Kubernetes for people is seven megabytes.
      entryFileNames: basename(entry).replace(/\.ts$/, '.js'),
      chunkFileNames: '[name]-[hash].js',
      comments: false,
      // A single wide character would double what the source takes in memory.
      charset: 'ascii',
      minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    })
    const [main, ...others] = output.filter((part) => part.type === 'chunk')
    if (main === undefined) throw new Error(`Cannot bundle ${entry}: the bundler made nothing`)
    return {
      path: entry.replace(/\.ts$/, '.js'),
      code: main.code,
      chunks: new Map(others.map(({ fileName, code }) => [fileName, code])),
      packages: packagesOf([main, ...others].flatMap(({ moduleIds }) => moduleIds)),
      started: [...started].toSorted(),
    }
  } finally {
    await builder.close()
  }
}

/** Gives each module of ours the address that it has in the image, and finds the programs that are started by address. */
function ownAddresses(root: string, imageRoot: string, started: Set<string>): Plugin {
  return {
    name: 'own-addresses',
    transform: (code, id) => {
      if (!id.startsWith(root) || id.includes('/node_modules/') || !code.includes('import.meta.url')) return null
      const place = relative(root, id)
      const withJs = code.replaceAll(STARTED, (whole, path: string) => {
        started.add(join(dirname(place), `${path}.ts`))
        return whole.replace(`${path}.ts`, `${path}.js`)
      })
      // Without a name of its own for it the bundler takes `require` as it is meant.
      const address = JSON.stringify(`file://${join(imageRoot, place)}`)
      return withJs.replace(REQUIRE, '').replaceAll('import.meta.url', address)
    },
  }
}

function packagesOf(moduleIds: readonly string[]): string[] {
  const folders = moduleIds.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? [])
  return [...new Set(folders)].toSorted()
}
