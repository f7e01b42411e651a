import { loadAddon } from '@weft/addon'
import { joinCgroup } from '../cgroup.ts'
import { openCapture, type NodePaths } from './scratch-node.ts'
import { TestAgent } from './test-agent.ts'

/**
 * The agent as a process of its own, to be killed: forked with the paths of a scratch node as its argument, it takes the
 * capture over, listens for the shared network, and tells its parent how it had the programs.
 */
const paths = JSON.parse(process.argv[2] ?? '') as NodePaths
joinCgroup(paths.agentCgroup, process.pid)
const addon = loadAddon()
const capture = openCapture(paths)
const { how } = await capture.prepare()
capture.setDestinations([{ address: '198.19.7.1', port: 0 }])
const agent = new TestAgent({ addon, capture }, addon.openNetns(`/run/netns/${paths.netns}`))
await agent.listenOutbound()
await agent.listenInbound('')
capture.attachAgent()
capture.attachWorkloads()
process.send?.(how)
