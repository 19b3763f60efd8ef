import type { ContractCase } from './cases.ts';
import type { Major } from './majors.ts';

/** How a case went: what the application saw was the same, and the spans were right. */
export interface Score {
  readonly same: boolean;
  readonly spans: boolean;
}

/** The page in Markdown: a row for each ordinary call, a column for each major of the client. */
export function renderScoreboard(
  cases: readonly ContractCase[],
  majors: readonly Major[],
  scoreOf: (contractCase: ContractCase, major: Major) => Score | undefined,
): string {
  const scores = cases.map((contractCase) => majors.map((major) => scoreOf(contractCase, major)));
  const count = (key: keyof Score): number => scores.flat().filter((score) => score?.[key]).length;
  const total = cases.length * majors.length;
  const rows = cases.map(({ name, spans }, index) => [
    name,
    String(spans.length),
    ...(scores[index] ?? []).map(printed),
  ]);
  return [
    '# The observed `openai` client against the bare one',
    '',
    'Written by `packages/instrumentation-openai/test/contract.test.ts`, which fails where a run differs from this page; continuous integration runs it on',
    'Node.js 22, 24 and 26. Each call is made twice against the same scripted server, without telemetry and with it. "same" means that the application cannot',
    'tell the two apart: values, classes, listed members, errors, the order of events, the requests the server got, unhandled rejections. "right" means that',
    'each model call has exactly one span, which ended once, with the right status, error type, tokens, finish reasons and outcome.',
    '',
    `Same: ${count('same')} of ${total}. Right: ${count('spans')} of ${total}.`,
    '',
    ...table([['call', 'spans', ...majors.map((major) => major.name)], ...rows]),
    '',
  ].join('\n');
}

function printed(score: Score | undefined): string {
  if (score === undefined) return 'not run';
  return `${score.same ? 'same' : '**differs**'}, ${score.spans ? 'right' : '**wrong**'}`;
}

/** Aligned as the formatter of this repository does it. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)];
}
