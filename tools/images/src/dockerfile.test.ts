import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { images, launcherOf } from './images.ts'
import { NODE } from './node-files.ts'

const root = resolve(import.meta.dirname, '../../..')
const [, ...stages] = readFileSync(join(root, 'deploy/images/Dockerfile'), 'utf8').split(/^FROM /m)

test.each(images)('deploy/images/Dockerfile makes $name as npm run images does', (plan) => {
  const { name, user, environment = [] } = plan
  const stage = stages.find((text) => text.startsWith(`scratch AS ${name}\n`)) ?? ''
  const start = [...launcherOf(plan), NODE, '--disable-warning=ExperimentalWarning', `/weft/apps/${name}/src/main.js`]

  expect(stage).toContain(`COPY --from=build /images/${name}/ /\n`)
  expect(JSON.parse(/^ENTRYPOINT (.*)$/m.exec(stage)?.[1] ?? '[]')).toEqual(start)
  expect(/^ENV (.*)$/m.exec(stage)?.[1]?.split(' ')).toEqual(['PATH=/usr/sbin:/usr/bin', 'HOME=/tmp', ...environment])
  expect(/^USER (.*)$/m.exec(stage)?.[1] ?? '0:0').toBe(user)
})

test('deploy/images/Dockerfile has no other image', () => {
  expect(stages).toHaveLength(1 + images.length)
})
