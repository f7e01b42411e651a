import { Balancer, PickContext } from '@weft/balancer'
import { tryLoadAddon } from '@weft/ebpf'
import { jsonLogger, systemRandom } from '@weft/host'
import { openSharedLoad } from '../worker/shared-load.ts'
import type { WorkerOptions } from '../worker/messages.ts'

// A process with a balancer of its own over the shared table: told by IPC what to do, it answers with what it sees.
const { place, index } = JSON.parse(process.argv[2]!) as { place: WorkerOptions['sharedLoad']; index: number }
const options = { sharedLoad: place, index } as WorkerOptions
const shared = openSharedLoad(options, tryLoadAddon(), jsonLogger('test', 'error'))
const balancer = new Balancer<string>({ balancer: 'LeastRequest' }, systemRandom, { shared, scope: 'cart' })
balancer.update(['a', 'b'].map((key) => ({ key, weight: 1, target: key })))
const states = new Map([...balancer.states()].map((state) => [state.key, state]))

process.on('message', ({ start, pick }: { start?: string; pick?: number }) => {
  if (start !== undefined) balancer.started(states.get(start)!, 1)
  const context = new PickContext<string>()
  const picks: string[] = []
  for (let i = 0; i < (pick ?? 0); i++) {
    context.reset(2)
    picks.push(balancer.pick(context)!.key)
  }
  process.send!({ isShared: states.get('a')!.sharedSlot >= 0, picks })
})
process.send!({ isShared: states.get('a')!.sharedSlot >= 0, picks: [] })
