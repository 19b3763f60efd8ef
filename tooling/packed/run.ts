#!/usr/bin/env node
// Checks the packages as they would be published: packs them, installs the tarballs into empty folders, and
// runs them there. `node tooling/packed/run.ts [--no-build] [--only=installs|behaviour|clients|sizes|next]`; `next`
// takes minutes and is left out unless it is named.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkBehaviour } from './behaviours.ts';
import { CheckList } from './check-list.ts';
import { checkClients } from './clients.ts';
import { checkAlone, checkLines, checkOrdinarySetups } from './installs.ts';
import { checkNext } from './next.ts';
import { buildPackages, packAll } from './pack.ts';
import { removeFolder, temporaryFolder } from './project.ts';
import { startRegistry } from './registry.ts';
import { checkPackageCounts } from './size-checks.ts';

const { values } = parseArgs({
  options: {
    'no-build': { type: 'boolean', default: false },
    only: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});
const wanted = (part: string): boolean => values.only === undefined || values.only === part;

const list = new CheckList();
const parent = temporaryFolder();
try {
  if (!values['no-build']) await buildPackages();
  const packed = await packAll(join(parent, 'packed'));
  await using registry = await startRegistry(packed);
  const run = { packed, npmrc: registry.npmrc, parent, list };
  if (wanted('installs')) {
    await checkAlone(run);
    await checkOrdinarySetups(run);
  }
  if (wanted('installs') || wanted('behaviour')) {
    const projects = await checkLines(run);
    if (wanted('behaviour')) await checkBehaviour(run, projects);
  }
  if (wanted('clients')) await checkClients(run);
  if (values.only === 'next') await checkNext(run);
  if (wanted('sizes')) await checkPackageCounts(run);
} catch (error) {
  list.add({ name: 'the packed packages can be checked', passed: false, detail: String(error) });
} finally {
  if (values.keep) console.log(`kept ${parent}`);
  else removeFolder(parent);
}
console.log(list.summary);
process.exitCode = list.failed === 0 ? 0 : 1;
