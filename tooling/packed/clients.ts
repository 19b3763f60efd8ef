import { cpSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { inParallel } from './check-list.ts';
import type { PackedRun } from './installs.ts';
import { nodeBinary, versionOf } from './node-binary.ts';
import { nodeVersions, openTelemetryLines } from './opentelemetry-lines.ts';
import { otherRuntimes, runtimeBinary } from './other-runtimes.ts';
import { installProject, type Project } from './project.ts';
import { runCommand } from './run-command.ts';

const APPLICATIONS = join(import.meta.dirname, 'clients');
/** The official clients, as an application lists them. */
const CLIENTS = {
  '@ai-sdk/openai': '4.0.118',
  '@anthropic-ai/sdk': '1.14.0',
  '@google/genai': '3.3.0',
  '@aws-sdk/client-bedrock-runtime': '3.1164.0',
  '@langchain/core': '1.4.0',
  '@langchain/openai': '1.6.0',
  '@modelcontextprotocol/client': '2.4.0',
  '@modelcontextprotocol/server': '2.4.0',
  ai: '7.0.173',
  openai: '7.59.0',
};
/** One span for each call and no more, whatever way the application is built and observed. */
const SPANS = [
  'chat amazon.nova-lite-v1:0',
  'chat claude-haiku-4-5',
  'chat gpt-4.1',
  'chat gpt-5',
  'chat gpt-5-mini',
  'chat gpt-5-nano',
  'generate_content gemini-2.5-flash',
  'generate_content gemini-3.5-flash',
  'initialize',
  'initialize',
  'invoke_agent desk',
  'notifications/initialized',
  'notifications/initialized',
  'tools/call locate',
  'tools/call locate',
];

/** A way to run an application: from its sources or as a bundler made it. */
interface Way {
  readonly name: string;
  /** The arguments of node. */
  readonly args: readonly string[];
}

/** Runs the applications that use official clients, observed by each means, beside each OpenTelemetry line. */
export async function checkClients(run: PackedRun): Promise<void> {
  const nodes = await Promise.all(nodeVersions.map((version) => nodeBinary(version)));
  for (const line of openTelemetryLines) {
    const label = `official clients beside OpenTelemetry ${line.name}`;
    const project = await run.list.check(`${label}: installed`, () =>
      installProject({
        parent: run.parent,
        name: label,
        manager: 'npm',
        npmrc: run.npmrc,
        dependencies: {
          ...line.dependencies,
          ...CLIENTS,
          ...Object.fromEntries(
            run.packed.map(({ manifest }) => [manifest.name, manifest.version]),
          ),
        },
      }),
    );
    if (project === undefined) continue;
    cpSync(APPLICATIONS, project.folder, { recursive: true });
    const ways = await run.list.check(`${label}: bundled`, () => waysToRun(project));
    const cases = nodes.flatMap((node) => (ways ?? []).map((way) => ({ node, way })));
    await inParallel(2, cases, async ({ node, way }) => {
      const name = `${label}, Node.js ${await versionOf(node)}: ${way.name}`;
      await run.list.check(name, () => assertObserved(project, node, way.args));
    });
    for (const runtime of otherRuntimes())
      await run.list.check(`${label}, ${runtime.name} ${runtime.version}`, async () => {
        const args = [...runtime.args, 'explicit.mjs'];
        await assertObserved(project, await runtimeBinary(runtime), args);
      });
    await run.list.check(`${label}: observing needs no module of Node.js`, () =>
      assertPortable(project),
    );
  }
}

async function waysToRun(project: Project): Promise<Way[]> {
  const registered = ['--import', '@llm-otel/sdk/register'];
  await bundle(project, 'plain.mjs', { format: 'cjs', external: true });
  const ways: Way[] = [
    { name: 'ESM, without a change', args: [...registered, 'plain.mjs'] },
    { name: 'CommonJS, without a change', args: [...registered, 'plain.external.cjs'] },
    {
      name: 'CommonJS, without a change, with --require',
      args: ['--require', '@llm-otel/sdk/register', 'plain.external.cjs'],
    },
    { name: 'ESM, observed by itself', args: ['explicit.mjs'] },
  ];
  for (const format of ['esm', 'cjs'] as const)
    for (const external of [true, false]) {
      const args = [await bundle(project, 'explicit.mjs', { format, external })];
      const what = external ? 'its packages beside it' : 'all in one file';
      ways.push({ name: `bundled as ${format}, ${what}`, args });
    }
  return ways;
}

/** Bundles an application as esbuild does for Node.js. Returns the file. */
async function bundle(
  { folder }: Project,
  file: string,
  { format, external }: { readonly format: 'esm' | 'cjs'; readonly external: boolean },
): Promise<string> {
  const extension = format === 'esm' ? 'mjs' : 'cjs';
  const outfile = file.replace('.mjs', `.${external ? 'external' : 'whole'}.${extension}`);
  await build({
    absWorkingDir: folder,
    entryPoints: [file],
    outfile,
    bundle: true,
    platform: 'node',
    format,
    logLevel: 'silent',
    ...(external ? { packages: 'external' as const } : {}),
    // What esbuild advises for CommonJS packages inside of an ESM file.
    ...(format === 'esm' && !external
      ? {
          banner: {
            js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
          },
        }
      : {}),
  });
  return outfile;
}

/** Runs an application, and asks for one span of each call. */
async function assertObserved(
  { folder }: Project,
  runtime: string,
  args: readonly string[],
): Promise<void> {
  const { stdout } = await runCommand(process.execPath, ['observe.mjs', runtime, ...args], {
    cwd: folder,
    timeoutMillis: 60_000,
  });
  const expected = JSON.stringify({ code: 0, said: '', spans: SPANS, requests: 8 });
  if (stdout !== expected) throw new Error(`expected ${expected}\nreceived ${stdout}`);
}

/** Bundles the observers for where there is no Node.js: an edge runtime, Deno, a worker. */
async function assertPortable({ folder }: Project): Promise<void> {
  const { metafile } = await build({
    absWorkingDir: folder,
    stdin: {
      resolveDir: folder,
      contents: ['ai-sdk', 'anthropic', 'bedrock', 'google-genai', 'langchain', 'mcp', 'openai']
        .map(
          (client) =>
            `export * as ${client.replace('-', '')} from '@llm-otel/instrumentation-${client}';`,
        )
        .join('\n'),
    },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    format: 'esm',
    logLevel: 'silent',
  });
  const builtIn = builtInImports(metafile);
  if (builtIn.length > 0) throw new Error(`imported: ${builtIn.join(', ')}`);
}

function builtInImports({ inputs }: Metafile): string[] {
  return Object.entries(inputs).flatMap(([file, { imports }]) =>
    imports
      .filter(({ external, path }) => external === true && isBuiltin(path))
      .map(({ path }) => `${path} by ${file}`),
  );
}
