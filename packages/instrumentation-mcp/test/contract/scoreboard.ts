import { markdownTable } from '@llm-otel/tooling/contract';
import type { ContractCase } from './cases.ts';
import type { Sdk } from './sdk.ts';
import { type TransportName, transports } from './connections.ts';

/** How a case went: what the application saw was the same, and the spans were right. */
export interface Score {
  readonly same: boolean;
  readonly spans: boolean;
}

type ScoreOf = (contractCase: ContractCase, sdk: Sdk, transport: TransportName) => Score;

/** The page in Markdown: a row for each thing an application does, a column for each version and transport. */
export function renderScoreboard(
  cases: readonly ContractCase[],
  sdks: readonly Sdk[],
  scoreOf: ScoreOf,
): string {
  const columns = sdks.flatMap((sdk) => transports.map((transport) => ({ sdk, transport })));
  const scores = cases.map((contractCase) =>
    columns.map(({ sdk, transport }) => scoreOf(contractCase, sdk, transport)),
  );
  const count = (key: keyof Score): number => scores.flat().filter((score) => score[key]).length;
  const total = cases.length * columns.length;
  const head = ['', ...columns.map(({ sdk, transport }) => `${sdk.name}, ${transport}`)];
  const rows = cases.map(({ name }, index) => [name, ...(scores[index] ?? []).map(printed)]);
  return [
    '# The observed MCP SDK against the bare one',
    '',
    'Written by `packages/instrumentation-mcp/test/contract.test.ts`, which fails where a run differs from this page; continuous integration runs it on',
    'Node.js 22, 24 and 26. Each row is done twice with a client and a server of the official TypeScript SDK, without telemetry and with both sides observed:',
    'over memory, over stdio with the server as a process of its own, and over Streamable HTTP. "same" means that the application cannot tell the two apart:',
    'values, classes, listed members, errors, progress, unhandled rejections, what a handler is handed (but for the trace in `_meta`). "right" means that the',
    'spans of both sides are exactly those expected, each below the right parent, ended once, with the right error type, and conform to the conventions.',
    '',
    'SDK 1 is `@modelcontextprotocol/sdk`, SDK 2 `@modelcontextprotocol/client` and `@modelcontextprotocol/server`.',
    '',
    `Same: ${count('same')} of ${total}. Right: ${count('spans')} of ${total}.`,
    '',
    ...markdownTable([head, ...rows]),
    '',
  ].join('\n');
}

function printed({ same, spans }: Score): string {
  return `${same ? 'same' : '**differs**'}, ${spans ? 'right' : '**wrong**'}`;
}
