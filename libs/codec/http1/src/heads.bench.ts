import type { ReplyHead, RequestHead } from '@weft/message'
import { bench, describe } from 'vitest'
import { replyReader, requestReader } from './reader.ts'
import { writeReplyHead } from './write-reply.ts'
import { writeRequestHead } from './write-request.ts'

const browser =
  'GET /shop/items?page=3&sort=price HTTP/1.1\r\nHost: shop.example.com\r\nConnection: keep-alive\r\nCache-Control: max-age=0\r\n' +
  'sec-ch-ua: "Chromium";v="130"\r\nsec-ch-ua-mobile: ?0\r\nUpgrade-Insecure-Requests: 1\r\n' +
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36\r\n' +
  'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\n' +
  'Accept-Encoding: gzip, deflate, br\r\nAccept-Language: en-US,en;q=0.9\r\nCookie: session=0123456789abcdef; theme=dark\r\n\r\n'
const application =
  'HTTP/1.1 200 OK\r\nX-Powered-By: Express\r\nContent-Type: application/json; charset=utf-8\r\nETag: W/"2a-0FJ8d"\r\n' +
  'Date: Sun, 22 Nov 2026 08:00:00 GMT\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5\r\nContent-Length: 5\r\n\r\nhello'

/** Reads a request, writes it, reads its reply, writes that: what the codec costs for one exchange. */
function exchange(request: string, reply: string): () => void {
  const [asked, answered] = [Buffer.from(request), Buffer.from(reply)]
  let head: RequestHead | null = null
  let replyHead: ReplyHead | null = null
  const fail = (_code: string, message: string): never => {
    throw new Error(message)
  }
  const nothing = (): void => {}
  const requests = requestReader({
    head: (read) => (head = read),
    interim: nothing,
    bytes: nothing,
    end: () => requests.next(),
    failed: fail,
  })
  const replies = replyReader({
    head: (read) => (replyHead = read),
    interim: nothing,
    bytes: nothing,
    end: nothing,
    failed: fail,
  })
  return () => {
    requests.feed(asked)
    writeRequestHead(head!)
    replies.next(head!.method)
    replies.feed(answered)
    writeReplyHead(replyHead!, head, true)
  }
}

describe('the heads of one exchange, read and written', () => {
  bench(
    'of a load generator',
    exchange('GET / HTTP/1.1\r\nHost: a:80\r\n\r\n', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'),
  )
  bench('of a browser and an application', exchange(browser, application))
})
