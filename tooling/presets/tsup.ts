import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Options } from 'tsup';

interface Manifest {
  /** Sources, by subpath; those of `require` and `import` where they are not the same. */
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

/** The source files behind the `exports` of a package, as tsup entries: `{ 'setup/index': 'src/setup/index.ts' }`. */
export function entriesOf(packageFolder: string): Record<string, string> {
  const manifest = JSON.parse(
    readFileSync(join(packageFolder, 'package.json'), 'utf8'),
  ) as Manifest;
  return Object.fromEntries(
    Object.values(manifest.exports)
      .flatMap((target) => (typeof target === 'string' ? target : Object.values(target)))
      .filter((target) => target.endsWith('.ts'))
      .map((target) => [target.replace(/^\.\/src\//, '').replace(/\.ts$/, ''), target]),
  );
}

/** How every library of the workspace is built: ESM only, dependencies and peers left outside. */
export function library(packageFolder: string): Options {
  return {
    entry: entriesOf(packageFolder),
    format: ['esm'],
    platform: 'node',
    target: 'node22.15',
    outDir: 'dist',
    clean: true,
    splitting: true,
    treeshake: false,
    sourcemap: false,
    // Declarations come from tsc: tsup's own need the compiler API, which TypeScript 7 does not have.
    dts: false,
    silent: true,
    // Whatever is imported and not listed as a dependency or peer would be copied into the package.
    external: [/^@opentelemetry\//, /^@llm-otel\//],
    removeNodeProtocol: false,
  };
}
