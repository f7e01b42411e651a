import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

const repository = resolve(import.meta.dirname, '../..')

export interface ScratchProject {
  /** `libs/codec/x`: the folder, as in the repository. */
  readonly folder: string
  readonly tags: readonly string[]
  /** File name below the folder to its text. */
  readonly files: Readonly<Record<string, string>>
}

/**
 * A workspace of its own with the repository's lint rules and packages, for planting breaches where they harm nobody.
 * The package of `libs/codec/x` is called `@weft/x`.
 */
export class ScratchWorkspace implements Disposable {
  readonly root: string

  constructor(projects: readonly ScratchProject[]) {
    this.root = mkdtempSync(join(tmpdir(), 'weft-lint-'))
    for (const name of [
      'eslint.config.js',
      'nx.json',
      // The project graph knows npm packages from here only; without it none would be refused.
      'package-lock.json',
      'tsconfig.base.json',
      'tools/lint/dep-constraints.js',
      'tools/lint/restrictions.js',
    ]) {
      cpSync(join(repository, name), join(this.root, name))
    }
    this.#write(
      'package.json',
      JSON.stringify({ name: 'scratch', private: true, type: 'module', workspaces: projects.map((p) => p.folder) }),
    )
    this.#linkPackages()
    for (const project of projects) this.#add(project)
  }

  /** Lints every project through nx, as `npm run lint` does; the output has file, line and rule of each breach. */
  lint(): { readonly code: number; readonly output: string } {
    const nx = join(repository, 'node_modules/.bin/nx')
    const run = spawnSync(nx, ['run-many', '-t', 'lint', '--outputStyle=static', '--skipNxCache', '--nxBail=false'], {
      cwd: this.root,
      encoding: 'utf8',
      env: { ...process.env, NX_DAEMON: 'false', NX_WORKSPACE_ROOT_PATH: this.root, NO_COLOR: '1', FORCE_COLOR: '0' },
    })
    return { code: run.status ?? 1, output: run.stdout + run.stderr }
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true })
  }

  #add(project: ScratchProject): void {
    const name = `@weft/${project.folder.split('/').at(-1)}`
    const lint = { command: 'eslint .', options: { cwd: '{projectRoot}' } }
    const manifest = {
      name,
      version: '0.0.0',
      private: true,
      type: 'module',
      exports: { '.': './src/index.ts', './testing': './src/testing/index.ts' },
      nx: { tags: project.tags, targets: { lint } },
    }
    this.#write(`${project.folder}/package.json`, JSON.stringify(manifest))
    for (const [file, text] of Object.entries(project.files)) this.#write(`${project.folder}/${file}`, text)
    symlinkSync(join(this.root, project.folder), join(this.root, 'node_modules', name))
  }

  #write(file: string, text: string): void {
    mkdirSync(join(this.root, dirname(file)), { recursive: true })
    writeFileSync(join(this.root, file), text)
  }

  /** Everything installed, but none of the repository's own packages. */
  #linkPackages(): void {
    const installed = join(repository, 'node_modules')
    mkdirSync(join(this.root, 'node_modules/@weft'), { recursive: true })
    for (const name of readdirSync(installed)) {
      if (name === '@weft' || name === '.vite' || name === '.cache' || name === '.package-lock.json') continue
      symlinkSync(join(installed, name), join(this.root, 'node_modules', name))
    }
  }
}
