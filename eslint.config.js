import nx from '@nx/eslint-plugin'
import prettier from 'eslint-config-prettier'
import tseslint from 'typescript-eslint'
import { depConstraints, testDepConstraints } from './tools/lint/dep-constraints.js'
import {
  clockProperties,
  clockSyntax,
  codecImports,
  dataPathImports,
  environmentProperty,
  pureImports,
  testingImports,
  timerGlobals,
} from './tools/lint/restrictions.js'

const tests = ['**/*.test.ts', '**/*.fuzz.ts', '**/*.bench.ts', '**/testing/**']
/** Programs of our own about the product, which run on a real machine at a real time. */
const tooling = ['tools/**', 'bench/**', 'e2e/**', '*.config.ts', '*.config.js']
const pure = ['libs/base/*/src/**', 'libs/model/*/src/**', 'libs/decision/*/src/**']
const host = 'libs/base/host/**'

const boundaries = (constraints, allow) => [
  'error',
  { depConstraints: constraints, allow, enforceBuildableLibDependency: false, checkNestedExternalImports: true },
]

/** Run through nx (`npm run lint`): bare eslint reads the last project graph and passes a project it has not met. */
export default tseslint.config(
  { ignores: ['**/node_modules/**', '**/dist/**', '**/.nx/**', 'libs/codec/proto/src/generated/**'] },
  ...tseslint.configs.recommended,
  prettier,
  {
    files: ['**/*.ts', '**/*.js'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': boundaries(depConstraints, []),
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-restricted-imports': ['error', testingImports],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-control-regex': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-restricted-properties': ['error', ...clockProperties, environmentProperty],
      'no-restricted-syntax': ['error', ...clockSyntax],
    },
  },
  {
    files: pure,
    ignores: [host],
    rules: { 'no-restricted-imports': ['error', pureImports], 'no-restricted-globals': ['error', ...timerGlobals] },
  },
  { files: ['libs/codec/*/src/**'], rules: { 'no-restricted-imports': ['error', codecImports] } },
  {
    files: ['libs/transport/*/src/**', 'libs/proxy/*/src/**'],
    rules: { 'no-restricted-imports': ['error', dataPathImports] },
  },
  {
    files: ['apps/*/src/**/main.ts', 'apps/*/src/**/config.ts'],
    rules: { 'no-restricted-properties': ['error', ...clockProperties] },
  },
  { files: [host, ...tooling], rules: { 'no-restricted-properties': 'off', 'no-restricted-syntax': 'off' } },
  {
    files: [...tests, ...tooling],
    rules: {
      '@nx/enforce-module-boundaries': boundaries(testDepConstraints, ['@weft/tools/testing']),
      '@typescript-eslint/no-restricted-imports': 'off',
      'no-restricted-imports': 'off',
      'no-restricted-globals': 'off',
    },
  },
  {
    files: ['**/*.process.test.ts', '**/*.kernel.test.ts', '**/*.kubernetes.test.ts', '**/*.bench.ts'],
    rules: { 'no-restricted-properties': 'off', 'no-restricted-syntax': 'off' },
  },
)
