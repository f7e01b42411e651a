import { FileTree } from './file-tree.ts'
import { digestOf, type Layer } from './layer.ts'
import { tarOf } from './tar.ts'

/** What a container of the image starts as: the part `config` of an OCI image configuration. */
export interface ImageConfig {
  readonly Entrypoint: readonly string[]
  readonly Env: readonly string[]
  readonly User: string
  readonly WorkingDir: string
  readonly Labels: Readonly<Record<string, string>>
}

const architectures: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64' }

/**
 * An image as one file that `ctr images import`, `skopeo`, `podman load` and `docker load` read: an OCI image layout, with
 * the table that Docker before 25 looks for.
 *
 * `name` is `[HOST/]PATH:TAG`. Source: OCI image specification 1.1, image-layout.md and config.md.
 */
export function archiveOf(name: string, config: ImageConfig, layers: readonly Layer[]): Buffer {
  const tree = new FileTree()
  const blob = (bytes: Uint8Array): string => {
    const digest = digestOf(bytes)
    tree.add(blobPath(digest), { kind: 'file', mode: 0o644, bytes })
    return digest
  }
  const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))
  const configBytes = json({
    architecture: architectures[process.arch] ?? process.arch,
    os: 'linux',
    created: '1970-01-01T00:00:00Z',
    config,
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
  })
  for (const { packed } of layers) blob(packed)
  const manifestBytes = json({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: descriptor('config.v1+json', blob(configBytes), configBytes.length),
    layers: layers.map(({ digest, packed }) => descriptor('layer.v1.tar+gzip', digest, packed.length)),
  })
  const annotations = {
    // containerd takes the whole name from the first, others the tag from the second.
    'io.containerd.image.name': fullName(name),
    'org.opencontainers.image.ref.name': name.slice(name.lastIndexOf(':') + 1),
  }
  const manifest = descriptor('manifest.v1+json', blob(manifestBytes), manifestBytes.length)
  tree.addText('/oci-layout', '{"imageLayoutVersion":"1.0.0"}')
  tree.add('/index.json', {
    kind: 'file',
    mode: 0o644,
    bytes: json({ schemaVersion: 2, manifests: [{ ...manifest, annotations }] }),
  })
  tree.add('/manifest.json', {
    kind: 'file',
    mode: 0o644,
    bytes: json([
      {
        Config: blobPath(digestOf(configBytes)).slice(1),
        RepoTags: [name],
        Layers: layers.map(({ digest }) => blobPath(digest).slice(1)),
      },
    ]),
  })
  return tarOf(tree.entries())
}

/** As kubelet and containerd write it: without a host it is Docker Hub's. */
function fullName(name: string): string {
  const first = name.split('/')[0]!
  if (name.includes('/') && (/[.:]/.test(first) || first === 'localhost')) return name
  return `docker.io/${name.includes('/') ? '' : 'library/'}${name}`
}

function descriptor(type: string, digest: string, size: number): { mediaType: string; digest: string; size: number } {
  return { mediaType: `application/vnd.oci.image.${type}`, digest, size }
}

function blobPath(digest: string): string {
  return `/blobs/${digest.replace(':', '/')}`
}
