import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** What a text may become. */
export interface Mutations {
  readonly seeds: readonly string[]
  readonly count: number
  /** How many octets of each are changed at most. */
  readonly changesMax: number
  /** One in fifty is made longer by up to so many octets. */
  readonly growthMax: number
}

/**
 * Gives `fuzz.c` of a program texts that are cut and changed at random, each behind its length (4 octets, little endian),
 * the same ones each time. Resolves with its exit code, 0 when the sanitizers found nothing, and what it printed.
 */
export async function fuzz(path: string, mutations: Mutations): Promise<{ code: number | null; printed: string }> {
  const child = spawn(path, { stdio: ['pipe', 'pipe', 'inherit'] })
  let printed = ''
  child.stdout.on('data', (data: Buffer) => (printed += data.toString()))
  child.stdin.on('error', () => {}) // it may end early
  for (const text of mutated(mutations)) {
    const length = Buffer.alloc(4)
    length.writeUInt32LE(text.length)
    child.stdin.write(Buffer.concat([length, text]))
  }
  child.stdin.end()
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, printed }
}

function* mutated({ seeds, count, changesMax, growthMax }: Mutations): Generator<Buffer> {
  let state = 1
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % below
  }
  for (let i = 0; i < count; i++) {
    const text = Buffer.from(seeds[random(seeds.length)]!)
    for (let changes = random(changesMax + 1); changes > 0; changes--)
      text[random(text.length)] = random(3) === 0 ? random(256) : text[random(text.length)]!
    const long = random(50) === 0 && growthMax > 0 ? Buffer.concat([text, Buffer.alloc(random(growthMax), 'x')]) : text
    yield random(4) === 0 ? long.subarray(0, random(long.length + 1)) : long
  }
}
