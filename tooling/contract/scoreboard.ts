import { markdownTable } from './markdown-table.ts';

/** How a case went: what the application saw was the same, and the spans were right. */
export interface Score {
  readonly same: boolean;
  readonly spans: boolean;
}

interface Row {
  readonly name: string;
  readonly spans: readonly unknown[];
}

export interface ScoreboardTexts {
  /** As its title calls the client. */
  readonly client: string;
  /** The file that writes the page. */
  readonly test: string;
  /** What "right" means. @defaultValue what it means of a client of a model's provider */
  readonly right?: readonly string[];
}

/** The page in Markdown: a row for each ordinary call, a column for each release of the client. */
export function renderScoreboard<T extends Row, L extends { readonly name: string }>(
  cases: readonly T[],
  lines: readonly L[],
  scoreOf: (contractCase: T, line: L) => Score | undefined,
  { client, test, right = RIGHT }: ScoreboardTexts,
): string {
  const scores = cases.map((contractCase) => lines.map((line) => scoreOf(contractCase, line)));
  const run = scores.flat().filter((score) => score !== undefined);
  const count = (key: keyof Score): number => run.filter((score) => score[key]).length;
  const rows = cases.map(({ name, spans }, index) => [
    name,
    String(spans.length),
    ...(scores[index] ?? []).map(printed),
  ]);
  return [
    `# The observed \`${client}\` client against the bare one`,
    '',
    `Written by \`${test}\`, which fails where a run differs from this page; continuous integration runs it on`,
    'Node.js 22, 24 and 26. Each call is made twice against the same scripted server, without telemetry and with it. "same" means that the application cannot',
    'tell the two apart: values, classes, listed members, errors, the order of events, the requests the server got, unhandled rejections. "right" means that',
    ...right,
    '',
    `Same: ${count('same')} of ${run.length}. Right: ${count('spans')} of ${run.length}.`,
    '',
    ...markdownTable([['call', 'spans', ...lines.map((line) => line.name)], ...rows]),
    '',
  ].join('\n');
}

const RIGHT = [
  'each model call has exactly one span, which ended once, with the right status, error type, tokens, finish reasons, outcome and retries, and which keeps',
  'every rule of the conventions.',
];

function printed(score: Score | undefined): string {
  if (score === undefined) return 'not there';
  return `${score.same ? 'same' : '**differs**'}, ${score.spans ? 'right' : '**wrong**'}`;
}
