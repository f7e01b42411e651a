import type { HeaderList } from '@weft/message'
import { field, fieldOf } from './known-names.ts'

/**
 * Takes out of a head that was read as HTTP/1 what HTTP/2 does not carry as a field: Host (it is `:authority`) and all
 * that belongs to a connection. `TE: trailers` stays. Names still have to be written in lower case.
 *
 * Source: RFC 9113 sections 8.2.2 and 8.3.1.
 */
export function dropForHttp2(headers: HeaderList): void {
  const flat = headers.flat
  let write = 0
  for (let read = 0; read < flat.length; read += 2) {
    if (!isCarriedByHttp2(flat[read]!)) continue
    flat[write] = flat[read]!
    flat[write + 1] = flat[read + 1]!
    write += 2
  }
  flat.length = write
}

/** Whether a field of that name may stand in an HTTP/2 message, apart from the value of TE. */
export function isCarriedByHttp2(name: string): boolean {
  switch (fieldOf(name)) {
    case field.host:
    case field.transferEncoding:
    case field.connection:
    case field.upgrade:
    case field.dropped:
    case field.keepAlive:
      return false
    default:
      return true
  }
}

/**
 * Makes a head that came as HTTP/2 fit for HTTP/1: several Cookie fields become one, since servers read only the first.
 *
 * Pseudo-fields are no fields of a {@link HeaderList} already. Source: RFC 9113 section 8.2.3.
 */
export function joinCookies(headers: HeaderList): void {
  const cookies = headers.getAll('cookie')
  if (cookies.length > 1) headers.set('cookie', cookies.join('; '))
}
