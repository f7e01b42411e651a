import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { describeError, Failure } from '@weft/faults'
import { resourceId, type Resource } from '@weft/resources'
import type { Clock } from '@weft/time'
import { changeOf, type Change } from './change.ts'
import type { ApplyResult, ResourceRef, ResourceStore, ResourceVersion } from './resource-store.ts'

const FORMAT = 1
const HISTORY_PER_RESOURCE_MAX = 50

const schema = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS resources (
    kind TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL, object TEXT NOT NULL,
    PRIMARY KEY (kind, namespace, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS versions (
    kind TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL, revision INTEGER NOT NULL,
    object TEXT, author TEXT NOT NULL, at_ms INTEGER NOT NULL,
    PRIMARY KEY (kind, namespace, name, revision)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS numbers (key TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE) STRICT;
`

/**
 * The store on one machine: SQLite through Node, write-ahead log, synced at each commit. Every change is one transaction,
 * so a crash or a full disk in the middle leaves the former state whole.
 */
export class SqliteStore implements ResourceStore {
  readonly #database: DatabaseSync
  readonly #clock: Clock
  readonly #listeners = new Set<(revision: number) => void>()
  #revision: number

  /** Opens or makes the file. Faults: Failure `store_failed` that names the file and what is wrong with it. */
  constructor(path: string, clock: Clock) {
    this.#clock = clock
    try {
      if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      this.#database = new DatabaseSync(path, { timeout: 5_000, allowExtension: false })
      this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF;')
      this.#checkWhole(path)
      this.#database.exec(schema)
      this.#checkFormat(path)
      this.#revision = this.#meta('revision') ?? 1
    } catch (error) {
      if (error instanceof Failure) throw error
      throw new Failure('store_failed', `cannot open the store ${path}: ${describeError(error)}`, error)
    }
  }

  get revision(): number {
    return this.#revision
  }

  async list(): Promise<readonly Resource[]> {
    const rows = this.#database.prepare('SELECT object FROM resources ORDER BY kind, namespace, name').all()
    return rows.map((row) => JSON.parse(row['object'] as string) as Resource)
  }

  async get(ref: ResourceRef): Promise<Resource | null> {
    return this.#read(ref)
  }

  async apply(resources: readonly Resource[], author: string): Promise<ApplyResult> {
    const revision = this.#revision + 1
    const changes = this.#changes(resources, revision)
    if (changes.every((change) => change.outcome === 'unchanged')) return this.#result(changes, this.#revision)
    this.#transaction(revision, () => {
      for (const { outcome, resource } of changes) if (outcome !== 'unchanged') this.#write(resource, revision, author)
    })
    return this.#result(changes, revision)
  }

  async dryRun(resources: readonly Resource[]): Promise<ApplyResult> {
    return this.#result(this.#changes(resources, this.#revision + 1), this.#revision)
  }

  async remove(ref: ResourceRef, author: string): Promise<number | null> {
    if (this.#read(ref) === null) return null
    const revision = this.#revision + 1
    this.#transaction(revision, () => {
      const { kind, namespace, name } = ref
      this.#run('DELETE FROM resources WHERE kind = ? AND namespace = ? AND name = ?', kind, namespace, name)
      this.#record(ref, null, revision, author)
    })
    return revision
  }

  async history(ref: ResourceRef, limit: number): Promise<readonly ResourceVersion[]> {
    const rows = this.#database
      .prepare(
        'SELECT revision, object, author, at_ms FROM versions WHERE kind = ? AND namespace = ? AND name = ? ORDER BY revision DESC LIMIT ?',
      )
      .all(ref.kind, ref.namespace, ref.name, limit)
    return rows.map((row) => ({
      ref,
      revision: row['revision'] as number,
      resource: row['object'] === null ? null : (JSON.parse(row['object'] as string) as Resource),
      author: row['author'] as string,
      atMs: row['at_ms'] as number,
    }))
  }

  async numberOf(key: string, max: number): Promise<number> {
    const known = this.#database.prepare('SELECT number FROM numbers WHERE key = ?').get(key)
    if (known !== undefined) return known['number'] as number
    const taken = new Set(
      this.#database
        .prepare('SELECT number FROM numbers')
        .all()
        .map((row) => row['number']),
    )
    let free = 0
    while (taken.has(free)) free++
    if (free >= max) throw new Failure('exhausted', `cannot give ${key} an address: all ${max} of the range are taken`)
    this.#guard(() => this.#run('INSERT INTO numbers (key, number) VALUES (?, ?)', key, free))
    return free
  }

  watch(listener: (revision: number) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close()
  }

  #changes(resources: readonly Resource[], revision: number): Change[] {
    const latest = new Map<string, Resource>()
    return resources.map((resource) => {
      const id = resourceId(resource)
      const { kind, metadata } = resource
      const stored = latest.get(id) ?? this.#read({ kind, namespace: metadata.namespace, name: metadata.name })
      const change = changeOf(resource, stored, revision, this.#clock.wallMs())
      latest.set(id, change.resource)
      return change
    })
  }

  #result(changes: readonly Change[], revision: number): ApplyResult {
    return { revision, outcomes: changes.map(({ outcome }) => outcome) }
  }

  #read(ref: ResourceRef): Resource | null {
    const row = this.#database
      .prepare('SELECT object FROM resources WHERE kind = ? AND namespace = ? AND name = ?')
      .get(ref.kind, ref.namespace, ref.name)
    return row === undefined ? null : (JSON.parse(row['object'] as string) as Resource)
  }

  #write(resource: Resource, revision: number, author: string): void {
    const { kind, metadata } = resource
    const { namespace, name } = metadata
    this.#run(
      'INSERT OR REPLACE INTO resources (kind, namespace, name, object) VALUES (?, ?, ?, ?)',
      kind,
      namespace,
      name,
      JSON.stringify(resource),
    )
    this.#record({ kind, namespace, name }, resource, revision, author)
  }

  #record({ kind, namespace, name }: ResourceRef, resource: Resource | null, revision: number, author: string): void {
    const object = resource === null ? null : JSON.stringify(resource)
    this.#run(
      'INSERT OR REPLACE INTO versions (kind, namespace, name, revision, object, author, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)',
      kind,
      namespace,
      name,
      revision,
      object,
      author,
      Math.round(this.#clock.wallMs()),
    )
    this.#run(
      `DELETE FROM versions WHERE kind = ?1 AND namespace = ?2 AND name = ?3 AND revision NOT IN
        (SELECT revision FROM versions WHERE kind = ?1 AND namespace = ?2 AND name = ?3 ORDER BY revision DESC LIMIT ?4)`,
      kind,
      namespace,
      name,
      HISTORY_PER_RESOURCE_MAX,
    )
  }

  #transaction(revision: number, work: () => void): void {
    this.#guard(() => {
      this.#database.exec('BEGIN IMMEDIATE')
      try {
        work()
        this.#run("INSERT OR REPLACE INTO meta (key, value) VALUES ('revision', ?)", revision)
        this.#database.exec('COMMIT')
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
        throw error
      }
    })
    this.#revision = revision
    for (const listener of this.#listeners) listener(revision)
  }

  #guard(work: () => void): void {
    try {
      work()
    } catch (error) {
      // SQLITE_FULL, and SQLITE_IOERR of a write for which there was no room.
      const isFull = (error as { errcode?: number }).errcode === 13 || /full|ENOSPC/i.test(describeError(error))
      const code = isFull ? 'store_full' : 'store_failed'
      throw new Failure(code, `cannot write to the store, nothing was changed: ${describeError(error)}`, error)
    }
  }

  #checkWhole(path: string): void {
    const result = this.#database.prepare('PRAGMA quick_check(1)').get()?.['quick_check']
    if (result !== 'ok')
      throw new Failure('store_failed', `the store ${path} is damaged: ${String(result)}; expected a whole SQLite file`)
  }

  #checkFormat(path: string): void {
    const format = this.#meta('format')
    if (format === null) this.#run("INSERT INTO meta (key, value) VALUES ('format', ?)", FORMAT)
    else if (format !== FORMAT)
      throw new Failure('store_failed', `the store ${path} has format ${format}, expected ${FORMAT}`)
  }

  #meta(key: string): number | null {
    return (
      (this.#database.prepare('SELECT value FROM meta WHERE key = ?').get(key)?.['value'] as number | undefined) ?? null
    )
  }

  #run(sql: string, ...values: SQLInputValue[]): void {
    this.#database.prepare(sql).run(...values)
  }
}
