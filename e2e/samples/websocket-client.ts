/** Sends COUNT messages of SIZE characters over a WebSocket to URL, one after the other, and writes how many came back. */
const { URL: url = 'ws://echo:8080/', COUNT = '20', SIZE = '1000' } = process.env
const socket = new WebSocket(url)
let echoed = 0

const message = (index: number): string => `${index} `.padEnd(Number(SIZE), 'x')
socket.addEventListener('open', () => socket.send(message(0)))
socket.addEventListener('message', ({ data }) => {
  if (data !== message(echoed)) return socket.close()
  echoed++
  if (echoed === Number(COUNT)) socket.close()
  else socket.send(message(echoed))
})
socket.addEventListener('error', () => process.stdout.write('error\n'))
socket.addEventListener('close', () => process.stdout.write(`echoed ${echoed}\n`))
