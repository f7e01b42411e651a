import type { ServerResponse } from 'node:http'
import type { KubernetesObject } from '../object.ts'
import type { FakeKind } from './fake-kinds.ts'
import type { FakeEvent, FakeObjects } from './fake-objects.ts'

export type Matches = (object: KubernetesObject) => boolean

/** One open watch of a fake API server. */
export class FakeWatch {
  readonly #answer: ServerResponse
  readonly #kind: FakeKind
  readonly #matches: Matches
  readonly hasBookmarks: boolean

  constructor(answer: ServerResponse, kind: FakeKind, matches: Matches, hasBookmarks: boolean) {
    this.#answer = answer
    this.#kind = kind
    this.#matches = matches
    this.hasBookmarks = hasBookmarks
  }

  /** Begins the answer; what happened since `version` is told first. */
  start(objects: FakeObjects, version: number): void {
    this.#answer.writeHead(200, { 'content-type': 'application/json' })
    this.#answer.flushHeaders()
    for (const event of objects.events(version)) this.tell(event)
  }

  /** What an event means to this watch: an object may come to meet its selectors, or cease to. */
  tell({ kind, before, after, version }: FakeEvent): void {
    if (kind !== this.#kind) return
    const [was, is] = [before !== null && this.#matches(before), after !== null && this.#matches(after)]
    if (is) this.write(was ? 'MODIFIED' : 'ADDED', after!)
    else if (was) {
      const last = before!
      this.write('DELETED', { ...last, metadata: { ...last.metadata, resourceVersion: String(version) } })
    }
  }

  bookmark(version: number): void {
    if (!this.hasBookmarks) return
    const { apiVersion, kind } = this.#kind
    this.write('BOOKMARK', { apiVersion, kind, metadata: { resourceVersion: String(version) } })
  }

  write(type: string, object: unknown): void {
    if (!this.#answer.destroyed) this.#answer.write(`${JSON.stringify({ type, object })}\n`)
  }

  end(): void {
    this.#answer.end()
  }

  /** As a connection that breaks, perhaps within an event. */
  cut(): void {
    this.#answer.write('{"type":"ADDED","obj')
    this.#answer.destroy()
  }
}
