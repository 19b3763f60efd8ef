import type { DatabaseSync } from 'node:sqlite';
import type { AgentRun } from '@llm-otel/agent-tracing';
import type { BillingClient } from './billing-client.ts';
import { searchCorpus } from './corpus.ts';
import type { DeskMetrics } from './desk-metrics.ts';

/** A tool as the model sees it: OpenAI's function shape. */
export interface ToolDefinition {
  readonly type: 'function';
  readonly name: string;
  readonly description: string;
  readonly parameters: Record<string, unknown>;
  readonly strict: boolean;
}

const oneString = (name: string, description: string): Record<string, unknown> => ({
  type: 'object',
  properties: { [name]: { type: 'string', description } },
  required: [name],
  additionalProperties: false,
});

export const TOOL_DEFINITIONS: readonly ToolDefinition[] = [
  {
    type: 'function',
    name: 'search_articles',
    description: 'Searches the help articles of the support desk.',
    parameters: oneString('query', 'words to search for'),
    strict: true,
  },
  {
    type: 'function',
    name: 'list_charges',
    description: 'Lists the charges on the card for one invoice.',
    parameters: oneString('invoice', 'the number of the invoice, such as INV-1'),
    strict: true,
  },
  {
    type: 'function',
    name: 'exchange_rate',
    description: 'The exchange rate of the day from EUR to another currency.',
    parameters: oneString('currency', 'three letters, such as USD'),
    strict: true,
  },
];

export interface ToolsOptions {
  readonly database: DatabaseSync;
  readonly billing: BillingClient;
  readonly metrics: DeskMetrics;
  /** Where the rates would be. In the demo nothing listens there: one of the tools has to fail. */
  readonly ratesUrl: string;
}

type Arguments = Readonly<Record<string, string>>;

/** Runs the tool that the model named. Throws when the tool fails or is not known. */
export function runTool(
  run: AgentRun,
  options: ToolsOptions,
  name: string,
  input: Arguments,
): Promise<unknown> {
  switch (name) {
    case 'search_articles':
      return searchArticles(run, options, input.query ?? '');
    case 'list_charges':
      return options.billing.charges(input.invoice ?? '');
    case 'exchange_rate':
      return fetch(new URL(`/EUR/${input.currency}`, options.ratesUrl)).then((response) =>
        response.json(),
      );
    default:
      return Promise.reject(new Error(`there is no tool ${name}`));
  }
}

function searchArticles(
  run: AgentRun,
  { database, metrics }: ToolsOptions,
  query: string,
): Promise<unknown> {
  const limit = 3;
  return run.retrieve({ dataSourceId: 'help-articles', query, topK: limit }, async (retrieval) => {
    const started = performance.now();
    const found = searchCorpus(database, query, limit);
    metrics.articlesFound(found.length, (performance.now() - started) / 1000);
    retrieval.recordDocuments(found.map(({ id, score }) => ({ id, score })));
    return found;
  });
}
