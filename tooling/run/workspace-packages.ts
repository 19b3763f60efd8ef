import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceFolders } from '../bootstrap/install-stamp.mjs';

export interface WorkspacePackage {
  readonly name: string;
  /** Relative to the workspace: `packages/core`. */
  readonly folder: string;
  readonly scripts: Readonly<Record<string, string>>;
}

/** The packages of the workspace that have the script. */
export function packagesWithScript(root: string, script: string): readonly WorkspacePackage[] {
  return workspaceFolders(root)
    .map((folder) => {
      const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
        readonly name: string;
        readonly scripts?: Readonly<Record<string, string>>;
      };
      return { name: manifest.name, folder, scripts: manifest.scripts ?? {} };
    })
    .filter(({ scripts }) => scripts[script] !== undefined);
}
