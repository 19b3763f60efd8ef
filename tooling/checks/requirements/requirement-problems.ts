/** Rows R001 to R204. */
const requirementCount = 204;

/** What the check asks about the workspace. */
export interface Evidence {
  readonly fileExists: (path: string) => boolean;
  /** Scripts of the root package.json. */
  readonly scripts: readonly string[];
}

const states = ['done', 'partial', 'open'];
const rowPattern = /^\| (R\d+) \| ([^|]*) \| ?([^|]*?) ?\|$/;

/**
 * What is wrong with the table of requirements: a row missing, twice, out of order or malformed, an unknown state,
 * a row that is done or partial and shows no test or command, or names one that does not exist.
 */
export function requirementProblems(markdown: string, evidence: Evidence): readonly string[] {
  const problems: string[] = [];
  const rows = new Map<string, number>();
  let last = '';
  for (const [index, line] of markdown.split('\n').entries()) {
    if (!/^\|\s*R\d+/.test(line)) continue;
    const [, id, state, shown = ''] = rowPattern.exec(line.trimEnd()) ?? [];
    if (id === undefined || state === undefined) {
      problems.push(`line ${index + 1}: not of the form | R001 | state | test or command |`);
      continue;
    }
    if (rows.has(id))
      problems.push(`${id}: there twice, in lines ${rows.get(id)} and ${index + 1}`);
    else if (id < last) problems.push(`${id}: stands after ${last}`);
    rows.set(id, index + 1);
    last = id;
    if (!states.includes(state)) problems.push(`${id}: "${state}" is none of ${states.join(', ')}`);
    problems.push(...shownProblems(shown, state, evidence).map((problem) => `${id}: ${problem}`));
  }
  const expected = requirementIds();
  problems.push(
    ...expected.filter((id) => !rows.has(id)).map((id) => `${id}: has no row`),
    ...[...rows.keys()]
      .filter((id) => !expected.includes(id))
      .map((id) => `${id}: no such requirement`),
  );
  return problems;
}

/** A table with every row open, to start from. */
export function emptyTable(): string {
  return [
    '# Requirements',
    '',
    'Each row names the test or the command that shows it.',
    '',
    '| id | state | test or command |',
    '| --- | --- | --- |',
    ...requirementIds().map((id) => `| ${id} | open | |`),
    '',
  ].join('\n');
}

function requirementIds(): readonly string[] {
  return Array.from(
    { length: requirementCount },
    (_, index) => `R${String(index + 1).padStart(3, '0')}`,
  );
}

/** Tests and commands are written in backticks: `packages/core/src/clock.test.ts`, `npm run demo`. */
function shownProblems(shown: string, state: string, evidence: Evidence): readonly string[] {
  const items = [...shown.matchAll(/`([^`]+)`/g)].map(([, item = '']) => item);
  const problems: string[] = [];
  let found = 0;
  for (const item of items) {
    const [command = '', first = '', second = ''] = item.split(/\s+/);
    if (command === 'npm' || command === 'pnpm') {
      const script = first === 'run' ? second : first;
      if (evidence.scripts.includes(script)) found++;
      else problems.push(`"${item}" is no script of package.json`);
    } else {
      const path = command === 'node' ? first : item;
      if (!path.includes('/')) continue;
      if (evidence.fileExists(path)) found++;
      else problems.push(`${path} does not exist`);
    }
  }
  if (found === 0 && problems.length === 0 && (state === 'done' || state === 'partial')) {
    problems.push(`is ${state} and names no test and no command in backticks`);
  }
  return problems;
}
