/**
 * Who may import whom, read by @nx/enforce-module-boundaries. The layers are the folders of libs/; the tags are in each
 * package.json under nx.tags. docs/decisions/0004-layers.md gives the reasons; boundaries.process.test.ts plants a breach
 * of each kind.
 */
const layers = {
  base: ['base'],
  model: ['base', 'model'],
  codec: ['base', 'codec'],
  decision: ['base', 'model', 'decision'],
  native: ['native'],
  transport: ['base', 'model', 'codec', 'transport', 'native'],
  proxy: ['base', 'model', 'codec', 'decision', 'transport', 'proxy'],
  adapters: ['base', 'model', 'codec', 'transport'],
  app: ['base', 'model', 'codec', 'decision', 'native', 'transport', 'proxy', 'adapters'],
  e2e: ['base', 'model'],
}

const only = (tag, allowed) => ({ sourceTag: tag, onlyDependOnLibsWithTags: allowed })
const npm = (layer, packages) => ({ sourceTag: `layer:${layer}`, allowedExternalImports: packages })

/** Packages that only tests import. */
const testPackages = ['vitest', 'vitest/*', 'fast-check', 'testcontainers']

/** @param {readonly string[]} more packages that the files in question may import besides */
const constraints = (more) => [
  ...Object.entries(layers).map(([from, to]) =>
    only(
      `layer:${from}`,
      to.map((name) => `layer:${name}`),
    ),
  ),
  ...['base', 'model', 'decision', 'native'].map((name) => npm(name, more)),
  // The sample programs speak gRPC as a user's would.
  npm('e2e', ['@grpc/grpc-js', ...more]),
  npm('codec', ['protobufjs', 'protobufjs/*', ...more]),
  only('plane:data', ['plane:data', 'plane:shared']),
  only('plane:control', ['plane:control', 'plane:shared']),
  only('plane:shared', ['plane:shared']),
  only('runtime:any', ['runtime:any']),
  only('runtime:browser', ['runtime:any', 'runtime:browser']),
]

export const depConstraints = constraints([])
export const testDepConstraints = constraints(testPackages)
