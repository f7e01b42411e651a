import { beforeAll } from 'vitest'
import { ensureMesh } from './mesh.ts'

// Run by vitest before each test file.
beforeAll(ensureMesh, 90_000)
