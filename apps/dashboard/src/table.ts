/** One cell: text, and how it is to be seen. */
export interface Cell {
  readonly text: string
  readonly tone?: 'good' | 'warn' | 'bad' | 'soft'
  readonly isNumber?: boolean
  readonly title?: string
}

/** A table of text; everything is set as text, never as markup. */
export function table(heads: readonly string[], rows: readonly (readonly Cell[])[], whenEmpty: string): HTMLElement {
  if (rows.length === 0) return element('p', { text: whenEmpty, tone: 'soft' })
  const made = document.createElement('table')
  const head = made.createTHead().insertRow()
  heads.forEach((text, index) => head.append(element('th', { text, isNumber: rows[0]![index]?.isNumber === true })))
  const body = made.createTBody()
  for (const row of rows) {
    const line = body.insertRow()
    for (const cell of row) line.append(element('td', cell))
  }
  return made
}

export const number = (value: number, digits = 0): Cell => ({
  text: Number.isFinite(value) ? value.toFixed(digits) : '–',
  isNumber: true,
})

export const ms = (value: number): Cell => ({
  text: Number.isFinite(value) && value > 0 ? `${value.toFixed(1)} ms` : '–',
  isNumber: true,
})

export function success(successes: number, failures: number): Cell {
  const total = successes + failures
  if (total === 0) return { text: '–', isNumber: true, tone: 'soft' }
  const share = (100 * successes) / total
  return { text: `${share.toFixed(2)} %`, isNumber: true, tone: share >= 99.9 ? 'good' : share >= 95 ? 'warn' : 'bad' }
}

export const security = (word: string): Cell => ({
  text: word || '–',
  tone: word === '' ? 'soft' : word.split('+').every((one) => one === 'mtls' || one === 'direct') ? 'good' : 'bad',
})

function element(tag: 'p' | 'td' | 'th', cell: Cell): HTMLElement {
  const made = document.createElement(tag)
  made.textContent = cell.text
  if (cell.isNumber) made.classList.add('number')
  if (cell.tone !== undefined) made.classList.add(cell.tone)
  if (cell.title !== undefined) made.title = cell.title
  return made
}
