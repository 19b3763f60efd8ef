/** A command that a commit must pass. */
export interface StagedCheck {
  readonly name: string;
  readonly command: readonly string[];
  /** What to do where it fails. */
  readonly fix: string;
}

const formatted = /\.(ts|mts|js|mjs|json|jsonc|md|ya?ml)$/;
/** Compiling more than these takes longer than one waits for a commit: `npm test` and CI do it. */
const mostPackages = 4;

const linted = /\.(ts|mts|js|mjs)$/;

/**
 * What to run for these staged files (paths relative to the workspace).
 * @param folders the packages of the workspace
 */
export function stagedChecks(
  files: readonly string[],
  folders: readonly string[],
): readonly StagedCheck[] {
  const toFormat = files.filter((file) => formatted.test(file));
  const toLint = files.filter((file) => linted.test(file));
  const toCompile = folders.filter((folder) =>
    files.some((file) => file.startsWith(`${folder}/`) && linted.test(file)),
  );
  const checks: StagedCheck[] = [];
  if (toFormat.length > 0) {
    checks.push({
      name: 'format',
      command: ['oxfmt', '--check', '--no-error-on-unmatched-pattern', ...toFormat],
      fix: 'pnpm format, then git add',
    });
  }
  if (toLint.length > 0) {
    checks.push({
      name: 'lint',
      command: ['oxlint', '--type-aware', '--no-error-on-unmatched-pattern', ...toLint],
      fix: 'see above',
    });
  }
  for (const folder of toCompile.length > mostPackages ? [] : toCompile) {
    checks.push({
      name: `types of ${folder}`,
      command: ['tsc', '--noEmit', '-p', folder],
      fix: 'see above',
    });
  }
  return checks;
}
