import type { ExpectedSpan } from '@llm-otel/tooling/contract';

interface Recorded {
  readonly spans: readonly {
    readonly status: { readonly code: number };
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
  readonly openSpans: readonly string[];
}

const STATUS_ERROR = 2;
/** How the conventions, their past and OpenInference call the tokens. */
const INPUT = [
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.prompt_tokens',
  'llm.token_count.prompt',
] as const;
const OUTPUT = [
  'gen_ai.usage.output_tokens',
  'gen_ai.usage.completion_tokens',
  'llm.token_count.completion',
] as const;

/**
 * Whether there is one ended span for each model call, with the right status and the tokens that the server told. Names,
 * finish reasons and times are not asked for: a rival may have its own.
 */
export function sawRightly(
  expected: readonly ExpectedSpan[],
  { spans, openSpans }: Recorded,
): boolean {
  return (
    openSpans.length === 0 &&
    spans.length === expected.length &&
    expected.every(({ errorType, tokens }, index) => {
      const { status, attributes } = spans[index]!;
      const told = tokens === undefined || tellsTokens(attributes, tokens);
      return (status.code === STATUS_ERROR) === (errorType !== undefined) && told;
    })
  );
}

function tellsTokens(
  attributes: Readonly<Record<string, unknown>>,
  [input, output]: readonly [number, number],
): boolean {
  const has = (names: readonly string[], count: number): boolean =>
    names.some((name) => attributes[name] === count);
  return has(INPUT, input) && (output === 0 || has(OUTPUT, output));
}
