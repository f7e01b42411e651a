import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot, resultsDirectory } from '../setup/place.ts'
import { resultsMarkdown } from './markdown.ts'
import { withTable } from './readme-table.ts'
import { mergeResults, readResults, writeResults, type Results } from './results.ts'

/** Puts new figures beside the older ones into bench/results, and makes the README's table of all. */
export function record(now: Results): void {
  const results = mergeResults(readResults(resultsDirectory), now)
  writeResults(resultsDirectory, results)
  writeFromResults()
}

/** What is made from results.json: results.md and the README's table. */
export function writeFromResults(): void {
  const results = readResults(resultsDirectory)
  if (results === null) throw new Error('bench/results is empty: run npm run bench first')
  writeFileSync(join(resultsDirectory, 'results.md'), resultsMarkdown(results))
  const readme = join(repositoryRoot, 'README.md')
  writeFileSync(readme, withTable(readFileSync(readme, 'utf8'), results))
}
