import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { programsCache } from '../harness/place.ts'
import { complaintOf } from './command.ts'
import { programPath, searchPath } from './program-path.ts'

/** Not every release of the project publishes this artifact: 1.68.1, for one, has none. */
const VERSION = '1.76.0'
const project = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>weft</groupId><artifactId>java-interop</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>io.grpc</groupId><artifactId>grpc-interop-testing</artifactId><version>${VERSION}</version>
  </dependency></dependencies>
</project>
`

/** `java-interop-client` and `java-interop-server`, the gRPC project's own interoperability pair. Returns why not, or ''. */
export function obtainJavaInterop(say: (line: string) => void): string {
  const folder = join(programsCache, 'java')
  const jars = join(folder, 'lib')
  if (!existsSync(jars)) {
    if (programPath('mvn') === '') return 'found no Maven, expected one (Debian: maven)'
    say(`fetching io.grpc:grpc-interop-testing:${VERSION} and what it needs`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'pom.xml'), project)
    const goals = ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib.part']
    const complaint = complaintOf(programPath('mvn'), goals, {}, folder)
    if (complaint !== '') {
      rmSync(`${jars}.part`, { recursive: true, force: true })
      return complaint
    }
    renameSync(`${jars}.part`, jars)
  }
  mkdirSync(join(programsCache, 'bin'), { recursive: true })
  const archive = join(folder, 'classes.jsa')
  for (const part of ['client', 'server']) {
    const name = part === 'client' ? 'Client' : 'Server'
    const script = join(programsCache, 'bin', `java-interop-${part}`)
    const java = `java -Xmx256m -XX:TieredStopAtLevel=1 $ARCHIVE -cp '${jars}/*'`
    const use = `[ -n "\${ARCHIVE:-}" ] || { [ -f ${archive} ] && ARCHIVE=-XX:SharedArchiveFile=${archive}; }`
    writeFileSync(script, `#!/bin/sh\n${use}\nexec ${java} io.grpc.testing.integration.TestService${name} "$@"\n`)
    chmodSync(script, 0o755)
  }
  if (!existsSync(archive)) archiveClasses(archive)
  return ''
}

/**
 * Loaded classes as Java keeps them (class data sharing): each client starts in half the time. One call on loopback says
 * which classes; where that fails, or Java is older than 13, the programs work without.
 */
function archiveClasses(archive: string): void {
  const port = 28_502
  const call = `java-interop-client --server_host=127.0.0.1 --server_port=${port} --use_tls=false --test_case=large_unary`
  const script = `java-interop-server --port=${port} --use_tls=false & server=$!
    for attempt in 1 2 3 4 5 6 7 8 9 10; do sleep 1; timeout 20 ${call} && break; done
    ARCHIVE=-XX:ArchiveClassesAtExit=${archive}.part timeout 60 ${call} && mv ${archive}.part ${archive}
    kill $server`
  complaintOf('sh', ['-c', script], { PATH: searchPath() })
}
