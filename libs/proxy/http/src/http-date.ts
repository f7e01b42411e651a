let shownSecond = NaN
let shown = ''

/** The value of a Date field for that time; made once a second, since every reply may need it. Source: RFC 9110 section 5.6.7. */
export function httpDate(wallMs: number): string {
  const second = Math.floor(wallMs / 1000)
  if (second !== shownSecond) {
    shownSecond = second
    shown = new Date(wallMs).toUTCString()
  }
  return shown
}
