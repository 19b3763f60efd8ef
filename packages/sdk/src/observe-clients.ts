import { pathToFileURL } from 'node:url';
import { diag } from '@opentelemetry/api';
import type { ContentMode } from '@llm-otel/llm-conventions';
import { doesNotStart } from './does-not-start.ts';
import { hookImports } from './hook-imports.ts';
import { resolveInApplication } from './resolve-from.ts';

interface Options {
  readonly content: ContentMode;
}

/** The packages that observe a client library without a change of the application, and what switches them on. */
const OBSERVERS: readonly (readonly [
  entry: string,
  switchOn: (exported: Record<string, unknown>, options: Options) => unknown,
])[] = [
  ...[
    ['openai', 'OpenAiInstrumentation'],
    ['anthropic', 'AnthropicInstrumentation'],
    ['mcp', 'McpInstrumentation'],
    ['langchain', 'LangChainInstrumentation'],
    ['google-genai', 'GoogleGenAiInstrumentation'],
    ['bedrock', 'BedrockInstrumentation'],
  ].map(
    ([client, name = '']) =>
      [
        `@llm-otel/instrumentation-${client}/instrumentation`,
        // It patches the library when that is loaded, from its making on.
        (exported: Record<string, unknown>, options: Options): unknown =>
          new (exported[name] as new (options: Options) => unknown)(options),
      ] as const,
  ),
  [
    '@llm-otel/instrumentation-ai-sdk',
    (exported, options) => (exported['instrumentAiSdk'] as (options: Options) => unknown)(options),
  ],
];

/**
 * Observes the client libraries that the application has an observer for: those of our packages that are installed beside
 * it, found as the application itself would find them. One that cannot be loaded is told, and the others are.
 * @returns the packages that observe now
 */
export async function observeClients(options: Options): Promise<readonly string[]> {
  const observing: string[] = [];
  for (const [entry, switchOn] of OBSERVERS) {
    const file = resolveInApplication(entry);
    if (file === undefined) continue;
    try {
      await hookImports(file);
      switchOn((await import(pathToFileURL(file).href)) as Record<string, unknown>, options);
      observing.push(entry);
    } catch (error) {
      diag.warn(doesNotStart(entry, error));
    }
  }
  return observing;
}
