#!/usr/bin/env node
// Prints targets Z1 (packages and bytes of an install) and Z2 (cold import), measured on the packed packages.
// `node tooling/packed/sizes.ts [--json] [--no-build]`; exits with 1 when a floor is missed.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inParallel } from './check-list.ts';
import { measureImportTimes } from './import-time.ts';
import { buildPackages, packAll } from './pack.ts';
import { removeFolder, temporaryFolder } from './project.ts';
import { startRegistry } from './registry.ts';
import { measureInstall } from './size-checks.ts';
import { formatSizes, sizeReport } from './size-report.ts';
import { packageTargets } from './size-targets.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
  },
});

const parent = temporaryFolder();
try {
  if (!values['no-build']) await buildPackages();
  await using registry = await startRegistry(await packAll(join(parent, 'packed')));
  const run = { parent, npmrc: registry.npmrc };
  const sizes = await inParallel(2, packageTargets, (target) => measureInstall(run, target));
  const traces = sizes.find(({ target }) => target.install.join() === '@llm-otel/sdk');
  if (traces === undefined) throw new Error('no target installs the umbrella alone');
  const report = sizeReport(sizes, await measureImportTimes(traces.folder));
  console.log(values.json ? JSON.stringify(report, undefined, 2) : formatSizes(report));
  process.exitCode = report.met ? 0 : 1;
} finally {
  removeFolder(parent);
}
