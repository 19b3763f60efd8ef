import { FailureLog, type ReadableSpan, type SpanStage, spanView } from '@llm-otel/core';
import { addCost } from '../cost/add-cost.ts';
import { priceTable } from '../cost/price-table.ts';
import type { PriceTable } from '../cost/price-types.ts';
import { withReadableText } from '../content/with-readable-text.ts';
import {
  ATTR_LLM_OTEL_DIALECT_SOURCE,
  ATTR_LLM_OTEL_DIALECT_SYSTEM_MESSAGE,
} from '../generated/attributes.ts';
import {
  LLM_OTEL_DIALECT_SOURCE_VALUE_AI_SDK,
  LLM_OTEL_DIALECT_SOURCE_VALUE_LANGFUSE,
  LLM_OTEL_DIALECT_SOURCE_VALUE_LANGSMITH,
  LLM_OTEL_DIALECT_SOURCE_VALUE_OPENINFERENCE,
  LLM_OTEL_DIALECT_SOURCE_VALUE_OPENLLMETRY,
} from '../generated/values.ts';
import { readContentEvents } from './content-events/read-content-events.ts';
import { isToldElsewhere, usageToldElsewhere } from '../usage/own-calls.ts';
import { repeatedNames } from '../usage/repeated-names.ts';
import { USAGE_ATTRIBUTES } from '../usage/usage-attributes.ts';
import { DialectReading } from './dialect-reading.ts';
import { moveRollUp, ROLL_UP_NAMES } from './move-roll-up.ts';
import { readAiSdk } from './read/read-ai-sdk.ts';
import { completeInputTokens } from './read/complete-input-tokens.ts';
import {
  readAgent,
  readErrorType,
  readFinishReasons,
  readNumbers,
  readToolDefinitions,
} from './read/read-common.ts';
import { readJsonContent } from './read/read-json-content.ts';
import { readLangfuse } from './read/read-langfuse.ts';
import { readLangSmith } from './read/read-langsmith.ts';
import { readOpenInference } from './read/read-openinference.ts';
import { readOpenLlmetry } from './read/read-openllmetry.ts';
import { readRemovedNames } from './read/read-removed-names.ts';
import {
  AI_SDK,
  dialectsIn,
  LANGFUSE,
  LANGSMITH,
  OPENINFERENCE,
  OPENLLMETRY,
} from './recognise-dialects.ts';

/** In the order they are asked; the first one that is there names the source. */
const READERS: readonly (readonly [number, (reading: DialectReading) => void, string])[] = [
  [OPENINFERENCE, readOpenInference, LLM_OTEL_DIALECT_SOURCE_VALUE_OPENINFERENCE],
  [LANGFUSE, readLangfuse, LLM_OTEL_DIALECT_SOURCE_VALUE_LANGFUSE],
  [AI_SDK, readAiSdk, LLM_OTEL_DIALECT_SOURCE_VALUE_AI_SDK],
  [LANGSMITH, readLangSmith, LLM_OTEL_DIALECT_SOURCE_VALUE_LANGSMITH],
  [OPENLLMETRY, readOpenLlmetry, LLM_OTEL_DIALECT_SOURCE_VALUE_OPENLLMETRY],
];

const failures = new FailureLog();

/**
 * Spans of other libraries in today's names: OpenInference, OpenLLMetry, Langfuse, LangSmith, the Vercel AI SDK, and
 * earlier conventions. A stage for the start of the pipeline, so that redaction, sampling and cost see one vocabulary.
 * A span in today's names passes through as it is; a translated one is a view, the original stays. Where a span has
 * both names, the current one wins. What has no name of today is kept as it is. Totals of spans around other calls are
 * moved to `llm_otel.rollup.*`, so that a plain sum counts each token once. Names of spans stay, because applications
 * give them, but for those of the AI SDK, which it gives itself. A model call without a cost gets one. Text in UTF-16 in a
 * `blob` part becomes UTF-8, which redaction can read.
 */
export function normaliseDialects({
  prices = priceTable,
}: NormaliseDialectsOptions = {}): SpanStage {
  const priced = (span: ReadableSpan): ReadableSpan =>
    prices === false
      ? span
      : (failures.guard('reckoning the cost of a span', () => addCost(span, prices)) ?? span);
  return (next) => ({
    ...forwarded(next),
    onEnd: (span) =>
      next.onEnd(priced(readable(withoutRepeats(span, inCurrentNames(span), priced)))),
  });
}

export interface NormaliseDialectsOptions {
  /** Prices for model calls that other libraries recorded without a cost; `false` gives them none. @defaultValue the built-in table */
  readonly prices?: PriceTable | false | undefined;
}

/** A span that another library made of a call that is recorded here repeats what that one tells. */
function withoutRepeats(
  original: ReadableSpan,
  span: ReadableSpan,
  priced: (span: ReadableSpan) => ReadableSpan,
): ReadableSpan {
  if (!isToldElsewhere(original)) return span;
  const told = usageToldElsewhere(original);
  // What it tells alone has a cost with what is told elsewhere, and not without.
  const { attributes } = told === undefined ? span : priced(span);
  if (!ROLL_UP_NAMES.some(([own]) => attributes[own] !== undefined)) return span;
  const isTold = (name: string): boolean =>
    told === undefined ||
    USAGE_ATTRIBUTES.some(([key, attribute]) => attribute === name && told[key] !== undefined);
  const kept: Record<string, unknown> = {};
  const target = { setAttribute: (name: string, value: unknown) => (kept[name] = value) };
  const repeated = repeatedNames(target, { isAll: told === undefined });
  for (const [name, value] of Object.entries(attributes))
    (isTold(name) ? repeated : target).setAttribute(name, value);
  return spanView(span, { attributes: kept });
}

/** With the text in media written so that redaction can read it. */
function readable(span: ReadableSpan): ReadableSpan {
  const { attributes } = span;
  const after = failures.guard('decoding text of media', () => withReadableText(attributes));
  return after === undefined || after === attributes ? span : spanView(span, { attributes: after });
}

function forwarded(next: Parameters<SpanStage>[0]): Omit<typeof next, 'onEnd'> {
  return {
    ...(next.heldSpans && { heldSpans: () => next.heldSpans?.() ?? 0 }),
    ...(next.drain && { drain: () => next.drain?.() }),
    ...(next.close && { close: () => next.close?.() }),
  };
}

/** `span` itself where it is in today's names, otherwise a view of it that is. Never throws. */
export function inCurrentNames(
  span: ReadableSpan,
  { movesTotals = true }: { readonly movesTotals?: boolean } = {},
): ReadableSpan {
  try {
    const dialects = dialectsIn(span);
    return dialects === 0 ? span : translated(span, dialects, movesTotals);
  } catch (error) {
    // Redaction knows the names of content in all vocabularies.
    failures.report('normalising the names of a span', error);
    return span;
  }
}

function translated(span: ReadableSpan, dialects: number, movesTotals: boolean): ReadableSpan {
  const reading = new DialectReading(span);
  for (const [dialect, read] of READERS) if ((dialects & dialect) !== 0) read(reading);
  // All of them use old names too.
  readRemovedNames(reading);
  readNumbers(reading);
  readJsonContent(reading);
  readContentEvents(reading);
  readFinishReasons(reading);
  completeInputTokens(reading);
  readErrorType(reading);
  readToolDefinitions(reading);
  readAgent(reading);
  if (movesTotals) moveRollUp(reading);
  reading.take(ATTR_LLM_OTEL_DIALECT_SYSTEM_MESSAGE);
  reading.set(
    ATTR_LLM_OTEL_DIALECT_SOURCE,
    READERS.find(([dialect]) => (dialects & dialect) !== 0)?.[2],
  );
  return spanView(span, {
    attributes: reading.result(),
    ...(reading.name !== undefined && { name: reading.name }),
    ...(reading.events !== undefined && { events: reading.events }),
  });
}
