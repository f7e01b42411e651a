import { fetchStatus } from './api.ts'
import { views } from './views.ts'

const REFRESH_MS = 2_000
const firstView = 'services'

const nav = document.getElementById('views')!
for (const [name, { title }] of Object.entries(views)) {
  const link = document.createElement('a')
  link.href = `#${name}`
  link.textContent = title
  nav.append(link)
}

let turn = 0
addEventListener('hashchange', () => void refresh())
void refresh()

/** Draws the view of the address, then again every two seconds; a newer call ends an older one's rounds. */
async function refresh(): Promise<void> {
  const mine = ++turn
  while (mine === turn) {
    await draw(mine)
    await new Promise((resolve) => setTimeout(resolve, REFRESH_MS))
  }
}

async function draw(mine: number): Promise<void> {
  const asked = location.hash.slice(1)
  const name = asked in views ? asked : firstView
  const view = views[name]!
  for (const link of nav.querySelectorAll('a')) {
    if (link.hash === `#${name}`) link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
  }
  document.getElementById('command')!.textContent = view.command
  const mesh = document.getElementById('mesh')!
  try {
    const [status, page] = await Promise.all([fetchStatus(), view.draw()])
    if (mine !== turn) return
    const connected = status.nodes.filter((node) => node.connected).length
    mesh.textContent = `mesh ${status.mesh} · ${connected}/${status.nodes.length} nodes · revision ${status.revision}`
    mesh.className = connected < status.nodes.length ? 'bad' : ''
    document.getElementById('view')!.replaceChildren(page)
  } catch (error) {
    mesh.textContent = `no answer from the control plane: ${error instanceof Error ? error.message : String(error)}`
    mesh.className = 'bad'
  }
}
