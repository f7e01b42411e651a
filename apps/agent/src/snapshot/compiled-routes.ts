import { CompiledRoute } from '@weft/routing'
import type { Route } from '@weft/traffic'

const compiledRoutes = new WeakMap<Route, CompiledRoute>()

/** A route is compiled once, however many snapshots hold it. Faults: Failure `pattern`. */
export function compiled(route: Route): CompiledRoute {
  let result = compiledRoutes.get(route)
  if (result === undefined) compiledRoutes.set(route, (result = new CompiledRoute(route)))
  return result
}
