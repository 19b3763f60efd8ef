import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Load, RivalPackage } from './rival.ts';

interface Manifest {
  readonly version: string;
  readonly module?: string;
}

/** What a comparison installs: exact versions, no scripts, in a folder that git does not keep. */
export class RivalFolder {
  readonly #folder: string;

  /** @param packageFolder - of the package that the comparison belongs to */
  constructor(packageFolder: string) {
    this.#folder = join(packageFolder, '.cache/rivals');
  }

  /** Installs what is not there yet. */
  install(rivals: readonly RivalPackage[]): void {
    const wanted = new Map(
      rivals.flatMap(({ name, version, beside = {} }) => [
        ...(version === undefined ? [] : [[name, version] as const]),
        ...Object.entries(beside),
      ]),
    );
    if ([...wanted].every(([name, version]) => this.#manifest(name)?.version === version)) return;
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(join(this.#folder, 'package.json'), JSON.stringify({ private: true }));
    // Some of them cannot be installed beside each other, or beside OpenTelemetry 3, without this.
    const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps'];
    const packages = [...wanted].map(([name, version]) => `${name}@${version}`);
    execFileSync('npm', ['install', ...options, ...packages], {
      cwd: this.#folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }

  get load(): Load {
    const load = createRequire(join(this.#folder, 'package.json'));
    return (name) => {
      try {
        return load(name);
      } catch (error) {
        // A package that says it can be imported only: Node.js requires its file all the same.
        if ((error as { readonly code?: string }).code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED')
          throw error;
        return load(join(this.#folder, 'node_modules', name, this.#manifest(name)?.module ?? ''));
      }
    };
  }

  #manifest(name: string): Manifest | undefined {
    const file = join(this.#folder, 'node_modules', name, 'package.json');
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : undefined;
  }
}
