import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PackedRun } from './installs.ts';
import { shownApplication, type ShownApplication } from './next-page.ts';
import { openTelemetryLines } from './opentelemetry-lines.ts';
import { workspaceFolder } from './pack.ts';
import { installProject, type Project } from './project.ts';
import { cleanEnvironment, runCommand } from './run-command.ts';
import { type ArrivedSpan, orphansOf, treesOf } from './span-trees.ts';

const PAGE = join(workspaceFolder, 'docs/patterns/nextjs.md');
/** Beside our packages: what the page imports, and no optional package. */
const PACKAGES = {
  '@ai-sdk/openai': '4.0.118',
  ai: '7.0.173',
  next: '16.4.6',
  openai: '7.59.0',
  react: '19.3.1',
  'react-dom': '19.3.1',
};
const OURS = ['exporters-resilient', 'instrumentation-ai-sdk', 'instrumentation-openai', 'sdk'];
/** Only what `sdk` needs: an application that is bundled must build without the others. */
const SDK = [
  '@opentelemetry/api',
  '@opentelemetry/context-async-hooks',
  '@opentelemetry/sdk-trace',
];

const STANDALONE = "export default { output: 'standalone' };\n";

/**
 * Builds, starts and asks the application of docs/patterns/nextjs.md, beside each OpenTelemetry line: what arrives has to be
 * what the page shows. Takes minutes, so it is run on demand.
 */
export async function checkNext(run: PackedRun): Promise<void> {
  const shown = shownApplication(readFileSync(PAGE, 'utf8'));
  for (const line of openTelemetryLines) {
    const label = `Next.js beside OpenTelemetry ${line.name}`;
    const project = await run.list.check(`${label}: installed`, () =>
      installNext(run, label, line.dependencies),
    );
    if (project === undefined) continue;
    writeApplication(project, shown);
    await run.list.check(`${label}: built by Turbopack, every request is one trace`, async () => {
      await build(project, '--turbopack');
      await assertTraces(project, shown, 'start', ['/ask', '/edge', '/ask']);
    });
    await run.list.check(`${label}: standalone, with a packed body from the edge`, async () => {
      writeFileSync(join(project.folder, 'next.config.js'), STANDALONE);
      packOnEdge(project, shown);
      await build(project, '--turbopack');
      await assertTraces(project, shown, 'standalone', ['/ask', '/edge', '/ask']);
    });
    rmSync(join(project.folder, 'next.config.js'));
    // With a route handler on the edge, `next build --webpack` of this version ends with an error, also without our packages.
    for (const file of ['app/edge', 'telemetry.edge.js', '.next'])
      rmSync(join(project.folder, file), { recursive: true, force: true });
    await run.list.check(`${label}: built by webpack, every request is one trace`, async () => {
      writeInstrumentationForNode(project, shown);
      await build(project, '--webpack');
      await assertTraces(project, shown, 'start', ['/ask', '/ask']);
    });
  }
}

function installNext(
  { packed, parent, npmrc }: PackedRun,
  name: string,
  line: Readonly<Record<string, string>>,
): Promise<Project> {
  const ours = packed.filter(({ manifest }) =>
    [...OURS, 'testing'].some((own) => manifest.name === `@llm-otel/${own}`),
  );
  return installProject({
    parent,
    name,
    manager: 'npm',
    npmrc,
    dependencies: {
      ...PACKAGES,
      ...Object.fromEntries(SDK.map((sdk) => [sdk, line[sdk] ?? ''])),
      ...Object.fromEntries(ours.map(({ manifest }) => [manifest.name, manifest.version])),
    },
  });
}

function writeApplication({ folder }: Project, { files }: ShownApplication): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  cpSync(join(import.meta.dirname, 'next'), folder, { recursive: true });
}

/** The first of its two conditions. */
function writeInstrumentationForNode({ folder }: Project, { files }: ShownApplication): void {
  const text = files.get('instrumentation.js') ?? '';
  const edge = /^ {2}if \(process\.env\.NEXT_RUNTIME === 'edge'\) \{[^]*?^ {2}\}\n/m;
  writeFileSync(join(folder, 'instrumentation.js'), text.replace(edge, ''));
}

/** The runtime of the edge cannot pack: what it sends has to arrive all the same. */
function packOnEdge({ folder }: Project, { files }: ShownApplication): void {
  const text = files.get('telemetry.edge.js') ?? '';
  writeFileSync(
    join(folder, 'telemetry.edge.js'),
    text.replace('otlpDestination({\n', "otlpDestination({\n    compression: 'gzip',\n"),
  );
}

async function build({ folder }: Project, bundler: string): Promise<void> {
  const env = {
    ...cleanEnvironment(process.env),
    NEXT_TELEMETRY_DISABLED: '1',
    // The build loads the routes, and the client wants a key as soon as it is made.
    OPENAI_API_KEY: 'none',
  };
  const args = ['node_modules/next/dist/bin/next', 'build', bundler];
  const { stdout, stderr } = await runCommand(process.execPath, args, {
    cwd: folder,
    env,
    timeoutMillis: 600_000,
  });
  const warned = `${stdout}${stderr}`.match(/.*(?:Module not found|with warnings).*/g);
  if (warned !== null) throw new Error(`the build warns: ${warned.join('\n')}`);
}

async function assertTraces(
  { folder }: Project,
  { trees }: ShownApplication,
  form: 'start' | 'standalone',
  routes: readonly string[],
): Promise<void> {
  const { stdout } = await runCommand(process.execPath, ['serve.mjs', form, ...routes], {
    cwd: folder,
    timeoutMillis: 90_000,
  });
  const { answers, end, said, spans } = JSON.parse(stdout) as {
    readonly answers: readonly string[];
    readonly end: unknown;
    readonly said: string;
    readonly spans: readonly ArrivedSpan[];
  };
  const complain = (what: string): never => {
    const received = [...answers, `ended by ${String(end)}`, said, ...treesOf(spans)].join('\n');
    throw new Error(`${what}\nreceived:\n${received}`);
  };
  const failed = answers.filter((answer) => !answer.includes(' 200 '));
  if (failed.length > 0 || end !== 'SIGTERM') complain('a request failed, or the end did');
  const orphans = orphansOf(spans);
  if (orphans.length > 0) complain(`orphans: ${orphans.map(({ name }) => name).join(', ')}`);
  for (const [root, expected] of trees) {
    const route = root.split(' ').at(-1);
    const found = treesOf(spans).filter((tree) => tree.split('\n')[0] === root);
    const asked = routes.filter((asked) => asked === route).length;
    if (found.length !== asked)
      complain(`${found.length} traces of "${root}" for ${asked} requests`);
    // The first request also loads the route.
    if (asked > 0 && found.at(-1) !== expected) complain(`expected:\n${expected}`);
  }
}
