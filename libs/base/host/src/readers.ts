import type { Socket } from 'node:net'
import { loopbackUser } from './loopback-user.ts'

/**
 * Who may read pages that are served on loopback: root, the user of this process, and users who are named. Loopback is open to
 * every user of the machine; the kernel says whose the other end is.
 */
export class Readers {
  readonly #users: ReadonlySet<number>
  readonly #known = new WeakMap<Socket, Promise<string>>()

  constructor(named: readonly number[]) {
    this.#users = new Set([0, ...(process.getuid === undefined ? [] : [process.getuid()]), ...named])
  }

  /** '' when the connection's other end is a reader's, else why it is refused. Asked once per connection. */
  refusal(socket: Socket): Promise<string> {
    const known = this.#known.get(socket)
    if (known !== undefined) return known
    const asked = loopbackUser(socket).then((user) => {
      if (user !== null && this.#users.has(user)) return ''
      const found = user === null ? 'a connection of a user that cannot be told' : `a connection of user ${user}`
      return `found ${found}, expected one of root or of the mesh's owner`
    })
    this.#known.set(socket, asked)
    return asked
  }
}
