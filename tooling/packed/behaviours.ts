import { cpSync, globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type CheckResult, inParallel } from './check-list.ts';
import { assertImports, compile } from './consumer-checks.ts';
import { entryPoints, importable } from './consumer.ts';
import type { PackedRun } from './installs.ts';
import { nodeBinary, versionOf } from './node-binary.ts';
import { nodeVersions, type OpenTelemetryLine, openTelemetryLines } from './opentelemetry-lines.ts';
import { isInstalled, type Project } from './project.ts';
import { cleanEnvironment, tryCommand } from './run-command.ts';
import { testResults } from './test-events.ts';

const SUITE = join(import.meta.dirname, 'behaviour');

/** Runs the behaviour suite in the folder of each OpenTelemetry line, on each Node.js version. */
export async function checkBehaviour(
  run: PackedRun,
  projects: ReadonlyMap<string, Project>,
): Promise<void> {
  const nodes: string[] = [];
  for (const version of nodeVersions) {
    const node = await run.list.check(`Node.js ${version} is there`, () => nodeBinary(version));
    if (node !== undefined) nodes.push(node);
  }
  for (const line of openTelemetryLines) {
    const project = projects.get(line.name);
    if (project === undefined) {
      run.list.add({
        name: `the suite runs on ${line.name}`,
        passed: false,
        detail: 'not installed',
      });
      continue;
    }
    cpSync(SUITE, join(project.folder, 'suite'), { recursive: true });
    const sources = globSync('suite/*.ts', { cwd: project.folder });
    // Compiled, because the oldest supported Node.js cannot strip types.
    await run.list.check(
      `OpenTelemetry ${line.name}: the suite compiles against the packed types`,
      () => compile(project, sources, 'behaviour'),
    );
    for (const node of nodes) await checkImports(run, project, line, node);
    for (const node of nodes)
      for (const result of await runSuite(project, line, node)) run.list.add(result);
  }
}

async function checkImports(
  { list, packed }: PackedRun,
  project: Project,
  line: OpenTelemetryLine,
  node: string,
): Promise<void> {
  const entries = importable(
    packed.flatMap(({ manifest }) => entryPoints(manifest)),
    (peer) => isInstalled(project, peer),
  );
  const name = `${await labelOf(line, node)}: every entry point is imported and required`;
  await list.check(name, () => assertImports(project, entries, node));
}

async function labelOf({ name }: OpenTelemetryLine, node: string): Promise<string> {
  return `OpenTelemetry ${name}, Node.js ${await versionOf(node)}`;
}

/** Each file in a process of its own: what OpenTelemetry registers is global. */
async function runSuite(
  { folder }: Project,
  line: OpenTelemetryLine,
  node: string,
): Promise<CheckResult[]> {
  const label = await labelOf(line, node);
  const reporter = join(import.meta.dirname, 'event-reporter.mjs');
  const options = {
    cwd: folder,
    env: { ...cleanEnvironment(process.env, node), EXPECTED_SDK_TRACE: line.sdkTrace },
    timeoutMillis: 120_000,
  };
  // The first file asserts that the line is the one meant; nothing else counts if it is not.
  const files = globSync('behaviour/[0-9]*.js', { cwd: folder }).toSorted();
  const results = await inParallel(2, files, async (file) => {
    const run = await tryCommand(node, [`--test-reporter=${reporter}`, file], options);
    return testResults(label, { file: basename(file), ...run });
  });
  if (files.length > 0) return results.flat();
  return [{ name: `${label}: the suite runs`, passed: false, detail: 'it was not compiled' }];
}
