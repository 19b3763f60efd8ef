import type { ExpectedSpan } from '../contract-case.ts';
import type { RecordedSpan } from '../span-facts.ts';
import { kindOf } from './kind-of.ts';

/** What was recorded in a case. */
export interface Recorded {
  readonly spans: readonly RecordedSpan[];
  readonly openSpans: readonly unknown[];
}

const STATUS_ERROR = 2;
/** How the conventions, their past, OpenInference, the AI SDK and Langfuse call the tokens. */
const INPUT = [
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.prompt_tokens',
  'llm.token_count.prompt',
  'ai.usage.inputTokens',
  'ai.usage.promptTokens',
  'ai.usage.tokens',
] as const;
const OUTPUT = [
  'gen_ai.usage.output_tokens',
  'gen_ai.usage.completion_tokens',
  'llm.token_count.completion',
  'ai.usage.outputTokens',
  'ai.usage.completionTokens',
] as const;
const LANGFUSE = 'langfuse.observation.usage_details';

/**
 * Whether there is one ended span for each model call or tool, with the right status and the tokens that the server told,
 * and no span of any kind stays open. Names, finish reasons, parents and times are not asked for: a rival may have its own,
 * and its own spans around the calls.
 */
export function sawRightly(
  expected: readonly ExpectedSpan[],
  { spans, openSpans }: Recorded,
  kinds: readonly ('model' | 'tool')[],
): boolean {
  return (
    openSpans.length === 0 &&
    kinds.every((kind) =>
      areRight(
        expected.filter((one) => expectedKind(one) === kind),
        spans.filter((span) => kindOf(span) === kind),
      ),
    )
  );
}

function areRight(expected: readonly ExpectedSpan[], spans: readonly RecordedSpan[]): boolean {
  return (
    spans.length === expected.length &&
    expected.every(({ errorType, tokens }, index) => {
      const { status, attributes } = spans[index]!;
      const told = tokens === undefined || tellsTokens(attributes, tokens);
      return (status.code === STATUS_ERROR) === (errorType !== undefined) && told;
    })
  );
}

function expectedKind({ name }: ExpectedSpan): 'model' | 'tool' | undefined {
  // The table of a client has nothing but model calls.
  if (name === undefined) return 'model';
  if (name.startsWith('execute_tool ')) return 'tool';
  return /^(?:chat|text_completion|embeddings|generate_content)(?: |$)/.test(name)
    ? 'model'
    : undefined;
}

/** Whether a sum over all spans says more input tokens than the server did: a run that repeats those of its calls. */
export function countsTwice(expected: readonly ExpectedSpan[], { spans }: Recorded): boolean {
  const calls = expected.filter((one) => expectedKind(one) === 'model');
  if (calls.some(({ tokens }) => tokens === undefined)) return false;
  const told = calls.reduce((sum, { tokens }) => sum + (tokens?.[0] ?? 0), 0);
  return spans.reduce((sum, { attributes }) => sum + inputTokens(attributes), 0) > told;
}

function inputTokens(attributes: RecordedSpan['attributes']): number {
  const counts = [...INPUT.map((name) => attributes[name]), langfuseUsage(attributes)?.['input']];
  return Math.max(0, ...counts.filter((count) => typeof count === 'number'));
}

function tellsTokens(
  attributes: RecordedSpan['attributes'],
  [input, output]: readonly [number, number],
): boolean {
  const usage = langfuseUsage(attributes);
  const has = (names: readonly string[], count: number, langfuse: string): boolean =>
    names.some((name) => attributes[name] === count) || usage?.[langfuse] === count;
  return has(INPUT, input, 'input') && (output === 0 || has(OUTPUT, output, 'output'));
}

function langfuseUsage(attributes: RecordedSpan['attributes']): Record<string, number> | undefined {
  const text = attributes[LANGFUSE];
  return typeof text === 'string' ? (JSON.parse(text) as Record<string, number>) : undefined;
}
