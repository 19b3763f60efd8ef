import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CliCommand } from '@llm-otel/core';
import { entriesOf, foldersUp } from './look-upwards.ts';

const SCOPE = '@llm-otel';

/** The commands of the package that looks for the others: it is installed wherever its program runs. */
export interface OwnCommands {
  /** Without the scope. */
  readonly name: string;
  readonly commands: readonly CliCommand[];
}

/**
 * The commands of every installed `@llm-otel` package with a `./cli` entry point. Packages are looked for where Node.js
 * would: in the `node_modules` of each folder in `from` and of those above it. A package found twice counts once, the
 * nearest to the first folder. One that cannot be loaded is reported and left out.
 */
export async function findCommands(
  from: readonly string[],
  report: (problem: string) => void,
  own: OwnCommands = { name: '', commands: [] },
): Promise<CliCommand[]> {
  const packages = new Map<string, string>();
  for (const folder of from.flatMap(foldersUp)) {
    const scope = join(folder, 'node_modules', SCOPE);
    for (const name of entriesOf(scope)) {
      const entry =
        packages.has(name) || name === own.name ? undefined : cliEntry(join(scope, name));
      if (entry !== undefined) packages.set(name, entry);
    }
  }
  const found = await Promise.all(
    [...packages].map(async ([name, entry]) => {
      try {
        const module = (await import(pathToFileURL(entry).href)) as {
          readonly commands?: readonly CliCommand[];
        };
        return module.commands ?? [];
      } catch (error) {
        report(`the commands of ${SCOPE}/${name} cannot be loaded: ${String(error)}`);
        return [];
      }
    }),
  );
  return [...own.commands, ...found.flat()].toSorted((a, b) => a.name.localeCompare(b.name));
}

/** The file behind the package's `./cli`, with links resolved: Node.js runs no TypeScript below node_modules. */
function cliEntry(folder: string): string | undefined {
  try {
    const real = realpathSync(folder);
    const { exports } = JSON.parse(readFileSync(join(real, 'package.json'), 'utf8')) as {
      readonly exports?: Readonly<Record<string, unknown>>;
    };
    const target = exports?.['./cli'];
    const file =
      typeof target === 'object' && target !== null
        ? (target as { readonly default?: unknown }).default
        : target;
    return typeof file === 'string' ? join(real, file) : undefined;
  } catch {
    return undefined;
  }
}
