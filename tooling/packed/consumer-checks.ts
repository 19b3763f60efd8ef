import { realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  compilerOptions,
  type EntryPoint,
  importingModule,
  requiringModule,
  typedModule,
} from './consumer.ts';
import { toolOf, workspaceFolder } from './pack.ts';
import type { Project } from './project.ts';
import { cleanEnvironment, CommandError, runCommand, tryCommand } from './run-command.ts';

/** Runs an application that imports and requires every entry point. */
export async function assertImports(
  { folder }: Project,
  entries: readonly EntryPoint[],
  node: string = process.execPath,
): Promise<void> {
  writeFileSync(join(folder, 'imports.mjs'), importingModule(entries));
  writeFileSync(join(folder, 'requires.cjs'), requiringModule(entries));
  // An entry that starts telemetry when imported is only asked to load here; the behaviour suite starts it.
  const env = { ...cleanEnvironment(process.env, node), OTEL_SDK_DISABLED: 'true' };
  for (const file of ['imports.mjs', 'requires.cjs'])
    await quietly(node, file, { cwd: folder, env, timeoutMillis: 30_000 });
}

/** Compiles an application that imports every entry point, as Node.js resolves and as bundlers do. */
export async function assertTypes(project: Project, entries: readonly EntryPoint[]): Promise<void> {
  writeFileSync(join(project.folder, 'types.ts'), typedModule(entries));
  await compile(project, ['types.ts']);
}

/**
 * Compiles files of the application with both module resolutions, libraries checked too. With `emitTo`, the
 * JavaScript is left in that folder, even when the types are wrong: the suite then still runs.
 */
export async function compile(
  { folder }: Project,
  files: readonly string[],
  emitTo?: string,
): Promise<void> {
  // The application's own types of Node.js, brought along instead of installed each time.
  const nodeTypes = realpathSync(join(workspaceFolder, 'tooling/node_modules/@types/node'));
  const errors: string[] = [];
  for (const resolution of ['nodenext', 'bundler'] as const) {
    const options = compilerOptions(resolution, [join(nodeTypes, '..')]);
    if (emitTo !== undefined && resolution === 'nodenext')
      Object.assign(options, {
        noEmit: false,
        outDir: emitTo,
        rootDir: dirname(join(folder, files[0] ?? 'x')),
        rewriteRelativeImportExtensions: true,
      });
    const config = `tsconfig.${resolution}.json`;
    writeFileSync(join(folder, config), JSON.stringify({ compilerOptions: options, files }));
    const { code, stdout, stderr } = await tryCommand(toolOf('tsc'), ['-p', config], {
      cwd: folder,
    });
    if (code !== 0) errors.push(`types with ${resolution}:\n${stdout}${stderr}`);
  }
  if (errors.length > 0) throw new Error(errors.join('\n'));
}

/** Runs a file that must print nothing: a warning at import is a defect too. */
async function quietly(
  node: string,
  file: string,
  options: Parameters<typeof runCommand>[2],
): Promise<void> {
  const result = await runCommand(node, [file], options);
  const warnings = result.stderr
    .split('\n')
    // Node.js 22 says this about every require() of an ES module.
    .filter((line) => !/ExperimentalWarning|--trace-warnings/.test(line))
    .join('\n')
    .trim();
  if (warnings !== '')
    throw new CommandError(`${file} printed a warning and`, { ...result, stderr: warnings });
}
