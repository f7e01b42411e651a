/**
 * How servers in the world read the path of a request target, each a little differently: the order of taking apart and
 * decoding, what counts as a separator, what is cut away. None of them is right or wrong; a rule must hold for all.
 */
interface Habits {
  readonly decode: 'first' | 'last' | 'twice'
  readonly separators: '/' | '/\\'
  readonly dropsParameters: boolean
  readonly trims: 'nothing' | 'blanks' | 'blanksAndDots'
  readonly isCaseBlind: boolean
  readonly foldsCompatible: boolean
  readonly charset: 'utf8' | 'latin1'
  readonly endsAt: '' | '?' | '#' | '\0'
}

const choices: { readonly [Name in keyof Habits]: readonly Habits[Name][] } = {
  decode: ['first', 'last', 'twice'],
  separators: ['/', '/\\'],
  dropsParameters: [false, true],
  trims: ['nothing', 'blanks', 'blanksAndDots'],
  isCaseBlind: [false, true],
  foldsCompatible: [false, true],
  charset: ['utf8', 'latin1'],
  endsAt: ['', '?', '#', '\0'],
}

export type ModelServer = (target: string) => string

/** Every combination of habits. Each server gives the path that it would look up, below `/`. */
export const modelServers: readonly ModelServer[] = combinations().map(
  (habits) => (target) => readAs(habits, target.split('?')[0]!),
)

function readAs(habits: Habits, path: string): string {
  const once = habits.decode === 'last' ? path : decoded(path, habits.charset)
  const whole = habits.decode === 'twice' ? decoded(once, habits.charset) : once
  const taken: string[] = []
  for (const raw of separated(cut(whole, habits.endsAt), habits)) {
    const segment = trimmed(habits.decode === 'last' ? decoded(raw, habits.charset) : raw, habits)
    if (segment === '..') taken.pop()
    else if (segment !== '' && segment !== '.') taken.push(segment)
  }
  const found = `/${taken.join('/')}`
  return habits.isCaseBlind ? found.toUpperCase().toLowerCase() : found
}

function separated(path: string, { separators, foldsCompatible }: Habits): string[] {
  const folded = foldsCompatible ? path.normalize('NFKC') : path
  return folded.split(separators === '/' ? '/' : /[/\\]/)
}

function trimmed(segment: string, { dropsParameters, trims, foldsCompatible }: Habits): string {
  const plain = foldsCompatible ? segment.normalize('NFKC') : segment
  const bare = dropsParameters ? plain.split(';')[0]! : plain
  if (trims === 'nothing' || bare === '.' || bare === '..') return bare
  const inner = bare.trim()
  return trims === 'blanks' || inner === '.' || inner === '..' ? inner : inner.replace(/[.\s]+$/, '')
}

function cut(path: string, end: string): string {
  return end === '' ? path : path.split(end)[0]!
}

/** What is no encoding stays as it is. */
function decoded(text: string, charset: 'utf8' | 'latin1'): string {
  const octet = (hex: string): string => String.fromCharCode(Number.parseInt(hex, 16))
  if (charset === 'latin1') return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => octet(hex))
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run)
    } catch {
      return run.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => octet(hex))
    }
  })
}

function combinations(): Habits[] {
  let all: Partial<Habits>[] = [{}]
  for (const [name, values] of Object.entries(choices)) {
    all = all.flatMap((habits) => (values as readonly unknown[]).map((value) => ({ ...habits, [name]: value })))
  }
  return all as Habits[]
}
