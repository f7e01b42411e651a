import { TimerWheel } from '@weft/time'
import { FakeClock, seededRandom } from '@weft/time/testing'
import { fault } from '@weft/faults'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Connected, defaultPoolOptions, ExclusivePool, type Leased, SharedPool, type Waits } from './index.ts'

/** A connection that knows who has it, so that two can't have it at once unseen. */
class Connection {
  readonly id: number
  readonly onOver: () => void
  readonly streamsMax: number
  users = 0
  isOpen = true
  isLeaving = false

  constructor(id: number, streamsMax: number, onOver: (connection: Connection) => void) {
    this.id = id
    this.streamsMax = streamsMax
    this.onOver = () => onOver(this)
  }

  get openStreams(): number {
    return this.users
  }

  get isUsable(): boolean {
    return !this.isOver && this.users < this.streamsMax
  }

  get isOver(): boolean {
    return !this.isOpen || this.isLeaving
  }

  close(): void {
    if (this.users > 0) this.isLeaving = true
    else this.isOpen = false
  }

  /** The peer goes away. */
  cut(): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.onOver()
  }
}

interface Request extends Waits {
  connection: Connection | null
  state: 'asking' | 'using' | 'done' | 'refused'
}

const CONNECTIONS_MAX = 4
const PENDING_MAX = 3

/** The world around a pool: connections being made, requests that wait or have one. */
class World {
  readonly clock = new FakeClock()
  readonly connections: Connection[] = []
  readonly connecting: ((connected: Connected<Connection>) => void)[] = []
  readonly requests: Request[] = []
  readonly pool: ExclusivePool<Connection> | SharedPool<Connection>
  readonly #streamsMax: number

  constructor(kind: 'exclusive' | 'shared', warm: number) {
    this.#streamsMax = kind === 'exclusive' ? 1 : 2
    const options = {
      ...defaultPoolOptions,
      connectionsMax: CONNECTIONS_MAX,
      pendingMax: PENDING_MAX,
      idleMax: 3,
      idleTimeoutMs: 1_000,
      ageMaxMs: 5_000,
      leasesMax: 6,
      warm,
    }
    const connect = (): Promise<Connected<Connection>> => new Promise((resolve) => this.connecting.push(resolve))
    const wheel = new TimerWheel(this.clock, 100)
    const nowMs = (): number => this.clock.nowMs()
    const random = seededRandom(4)
    this.pool =
      kind === 'exclusive'
        ? new ExclusivePool('there', connect, options, wheel, nowMs, random)
        : new SharedPool('there', connect, options, 2, wheel, nowMs, random, true)
  }

  async settle(): Promise<void> {
    for (let i = 0; i < 30; i++) await Promise.resolve()
  }

  ask(): void {
    const request: Request = { connection: null, state: 'asking', running: null }
    this.requests.push(request)
    void this.pool.lease(request).then((leased: Leased<Connection>) => {
      if (!leased.ok) {
        request.state = 'refused'
        return
      }
      expect(leased.connection.isUsable, 'what is handed out can be used').toBe(true)
      leased.connection.users++
      expect(leased.connection.users, 'nobody else has it').toBeLessThanOrEqual(this.#streamsMax)
      request.connection = leased.connection
      request.state = 'using'
      if (this.pool instanceof SharedPool) this.pool.roomed()
    })
  }

  connectNext(ok: boolean): void {
    const resolve = this.connecting.shift()
    if (resolve === undefined) return
    if (!ok) return resolve(fault('connect_failed', 'test', 'refused'))
    const connection = new Connection(this.connections.length, this.#streamsMax, (over) => this.over(over))
    this.connections.push(connection)
    resolve({ ok: true, connection })
  }

  finish(request: Request, isBroken: boolean): void {
    const connection = request.connection!
    request.state = 'done'
    request.connection = null
    connection.users--
    if (connection.isLeaving && connection.users === 0) connection.isOpen = false
    if (isBroken) connection.isOpen = false
    if (!(this.pool instanceof SharedPool)) return this.pool.release(connection)
    if (!connection.isOpen) this.over(connection)
    else this.pool.roomed()
  }

  over(connection: Connection): void {
    for (const request of this.requests) {
      if (request.connection !== connection) continue
      request.connection = null
      request.state = 'done'
    }
    connection.users = 0
    if (this.pool instanceof SharedPool) this.pool.sweep()
    else this.pool.release(connection)
  }

  using(): Request[] {
    return this.requests.filter(({ state }) => state === 'using')
  }

  asking(): Request[] {
    return this.requests.filter(({ state }) => state === 'asking')
  }

  check(): void {
    const open = this.connections.filter(({ isOpen }) => isOpen)
    for (const connection of this.connections) {
      const users = this.requests.filter((request) => request.connection === connection).length
      expect(connection.users, `users of ${connection.id}`).toBe(users)
    }
    const taking = open.filter(({ isLeaving }) => !isLeaving).length
    expect(taking + this.connecting.length).toBeLessThanOrEqual(CONNECTIONS_MAX)
    const waiting = this.asking().length
    expect(this.pool.pendingCount, 'who waits is known').toBe(waiting)
    if (waiting === 0) return
    const hasRoom = open.some(({ isUsable }) => isUsable)
    expect(hasRoom, 'nobody waits beside a free connection').toBe(false)
    const mayMake = taking + this.connecting.length < CONNECTIONS_MAX
    if (mayMake) expect(this.connecting.length, 'nobody waits in vain').toBeGreaterThan(0)
  }
}

type Command = fc.AsyncCommand<object, World>

function command(name: string, run: (world: World) => void, check: (world: World) => boolean = () => true): Command {
  return {
    check: () => true,
    run: async (_, world) => {
      if (!check(world)) return
      run(world)
      await world.settle()
      world.check()
    },
    toString: () => name,
  }
}

function pickFrom<T>(items: T[], at: number): T {
  return items[at % items.length]!
}

const commands = [
  fc.constant(command('ask', (world) => world.ask())),
  fc.constant(command('ask', (world) => world.ask())),
  fc.constant(command('connected', (world) => world.connectNext(true))),
  fc.constant(command('connected', (world) => world.connectNext(true))),
  fc.constant(command('refused', (world) => world.connectNext(false))),
  fc.record({ at: fc.nat(20), isBroken: fc.boolean() }).map(({ at, isBroken }) =>
    command(
      `finish ${at} ${isBroken}`,
      (world) => world.finish(pickFrom(world.using(), at), isBroken),
      (world) => world.using().length > 0,
    ),
  ),
  fc.nat(20).map((at) =>
    command(
      `call off ${at}`,
      (world) => {
        const request = pickFrom(world.asking(), at)
        request.running?.stop(fault('deadline_exceeded', 'test', 'late'))
      },
      (world) => world.asking().length > 0,
    ),
  ),
  fc.nat(20).map((at) =>
    command(
      `cut ${at}`,
      (world) => pickFrom(world.connections, at).cut(),
      (world) => world.connections.length > 0,
    ),
  ),
  fc.constantFrom(50, 400, 1_100, 6_000).map((ms) => command(`pass ${ms}`, (world) => world.clock.advance(ms))),
]

test.each(['exclusive', 'shared'] as const)(
  'no connection of the %s pool is leaked, leased twice or lost, whatever happens',
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 80, size: 'max' }), fc.nat(2), async (run, warm) => {
        const world = new World(kind, warm)
        await fc.asyncModelRun(() => ({ model: {}, real: world }), run)

        // The end: everything that is asked for is answered, and nothing stays open.
        world.pool.close()
        await world.settle()
        while (world.connecting.length > 0) {
          world.connectNext(true)
          await world.settle()
        }
        for (const request of world.using()) world.finish(request, false)
        await world.settle()
        expect(world.asking()).toEqual([])
        expect(world.connections.filter(({ isOpen }) => isOpen)).toEqual([])
        expect(world.pool.isUnused).toBe(true)
      }),
      { numRuns: 150 },
    )
  },
)
