import { checkPackage, createPackageFromTarballData, type Problem } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/** What `@arethetypeswrong` finds, with its profile for packages that are ESM only. */
export async function typeProblems(tarball: Uint8Array): Promise<readonly string[]> {
  const result = await checkPackage(createPackageFromTarballData(tarball));
  if (!('problems' in result)) return ['attw: the package has no types'];
  return result.problems.filter((problem) => countsForEsmOnly(problem)).map(describe);
}

/** What publint finds; suggestions do not count. */
export async function publintProblems(tarball: Uint8Array): Promise<readonly string[]> {
  const { messages, pkg } = await publint({
    pack: { tarball: Uint8Array.from(tarball).buffer },
    strict: true,
    level: 'warning',
  });
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`);
}

/** Resolution without `exports` is not supported, and `require()` of ESM is what Node.js does now. */
function countsForEsmOnly(problem: Problem): boolean {
  return (
    !('resolutionKind' in problem) || !['node10', 'node16-cjs'].includes(problem.resolutionKind)
  );
}

function describe(problem: Problem): string {
  const where =
    'entrypoint' in problem ? problem.entrypoint : 'fileName' in problem ? problem.fileName : '';
  return `attw: ${problem.kind} ${where}`.trimEnd();
}
