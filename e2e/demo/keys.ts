import type { DemoMesh } from './demo-mesh.ts'
import type { Display } from './display.ts'

const HELP =
  'k kill or restart cart-2 · s make catalog-v1-1 slow or fast · d deny or allow DELETE · r route to v2 or back · q quit'

/** Lets a person do by keys what the script did; resolves when they quit. */
export async function followKeys(mesh: DemoMesh, display: Display): Promise<void> {
  const isOn = { deny: false, route: false }
  const toggleDeny = async (): Promise<void> => {
    isOn.deny = !isOn.deny
    await (isOn.deny ? mesh.apply('deny.yaml') : mesh.remove('authorizationpolicy', 'no-emptying'))
    display.say(isOn.deny ? 'web may not DELETE at cart: see cart’s success' : 'web may DELETE at cart again')
  }
  const toggleRoute = async (): Promise<void> => {
    isOn.route = !isOn.route
    await mesh.apply(isOn.route ? 'catalog-v2.yaml' : 'catalog.yaml')
    display.say(isOn.route ? 'all of catalog goes to v2' : 'one in ten of catalog goes to v2')
  }
  const actions: Record<string, () => Promise<void> | void> = {
    k: () => mesh.kill('cart-2'),
    s: () => mesh.signal('catalog-v1-1', 'SIGUSR2'),
    d: toggleDeny,
    r: toggleRoute,
  }
  display.phase('now you')
  display.keys(HELP)
  process.stdin.setRawMode(true).setEncoding('utf8').resume()
  try {
    for await (const text of process.stdin) {
      for (const key of text as string) {
        if (key === 'q' || key === '\x03') return
        await Promise.resolve(actions[key]?.()).catch((error: Error) => display.say(error.message))
      }
    }
  } finally {
    process.stdin.setRawMode(false).pause()
    display.keys('')
  }
}
