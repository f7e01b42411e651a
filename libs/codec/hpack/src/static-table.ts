/** Name, value, name, value… of entries 1 to 61. Source: RFC 7541 appendix A. */
// prettier-ignore
const flat = [
  ':authority', '', ':method', 'GET', ':method', 'POST', ':path', '/', ':path', '/index.html', ':scheme', 'http',
  ':scheme', 'https', ':status', '200', ':status', '204', ':status', '206', ':status', '304', ':status', '400',
  ':status', '404', ':status', '500', 'accept-charset', '', 'accept-encoding', 'gzip, deflate', 'accept-language', '',
  'accept-ranges', '', 'accept', '', 'access-control-allow-origin', '', 'age', '', 'allow', '', 'authorization', '',
  'cache-control', '', 'content-disposition', '', 'content-encoding', '', 'content-language', '', 'content-length', '',
  'content-location', '', 'content-range', '', 'content-type', '', 'cookie', '', 'date', '', 'etag', '', 'expect', '',
  'expires', '', 'from', '', 'host', '', 'if-match', '', 'if-modified-since', '', 'if-none-match', '', 'if-range', '',
  'if-unmodified-since', '', 'last-modified', '', 'link', '', 'location', '', 'max-forwards', '',
  'proxy-authenticate', '', 'proxy-authorization', '', 'range', '', 'referer', '', 'refresh', '', 'retry-after', '',
  'server', '', 'set-cookie', '', 'strict-transport-security', '', 'transfer-encoding', '', 'user-agent', '',
  'vary', '', 'via', '', 'www-authenticate', '',
]

export const STATIC_ENTRIES = 61
/** Entry 0 is empty: indexes start at 1. */
export const staticNames: readonly string[] = ['', ...flat.filter((_, i) => i % 2 === 0)]
export const staticValues: readonly string[] = ['', ...flat.filter((_, i) => i % 2 === 1)]

/** What an entry counts beyond its octets, for pointers and the like. Source: RFC 7541 section 4.1. */
export const ENTRY_OVERHEAD_BYTES = 32
export const DEFAULT_TABLE_BYTES = 4096
