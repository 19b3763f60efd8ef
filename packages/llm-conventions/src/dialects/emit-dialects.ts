import type { Attributes } from '@opentelemetry/api';
import {
  FailureLog,
  InvalidOptionError,
  type ReadableSpan,
  type SpanTransform,
  spanView,
} from '@llm-otel/core';
import { ATTR_GEN_AI_OPERATION_NAME, ATTR_GEN_AI_PROVIDER_NAME } from '../generated/attributes.ts';
import { DialectWriting } from './dialect-writing.ts';
import { SpanFacts } from './span-facts.ts';
import { writeAiSdk } from './write/write-ai-sdk.ts';
import { writeGenAi136 } from './write/write-genai-1-36.ts';
import { writeGenAi138 } from './write/write-genai-1-38.ts';
import { writeLangfuse } from './write/write-langfuse.ts';
import { writeOpenInference } from './write/write-openinference.ts';
import { writeOpenLlmetry } from './write/write-openllmetry.ts';

/**
 * A vocabulary of spans: `current`, the conventions of today; `genai-1.36` with `gen_ai.system`; `genai-1.38` as most
 * back ends know it; and those of OpenInference (Phoenix), OpenLLMetry (Traceloop), Langfuse and the Vercel AI SDK.
 */
export type Dialect =
  | 'current'
  | 'genai-1.36'
  | 'genai-1.38'
  | 'openinference'
  | 'openllmetry'
  | 'langfuse'
  | 'ai-sdk';

const WRITERS: Readonly<Record<Dialect, ((writing: DialectWriting) => void) | undefined>> = {
  current: undefined,
  'genai-1.36': writeGenAi136,
  'genai-1.38': writeGenAi138,
  openinference: writeOpenInference,
  openllmetry: writeOpenLlmetry,
  langfuse: writeLangfuse,
  'ai-sdk': writeAiSdk,
};

/** Every name that `emitDialects` takes. */
export const DIALECTS: readonly Dialect[] = Object.keys(WRITERS) as Dialect[];

/**
 * Says spans of models and agents in other vocabularies, in one or in several at once. With `current` among them today's
 * attributes stay; without it those are left out that another vocabulary says. What none of them has a word for always
 * stays. The last transform, behind redaction and budget: both know today's names.
 * @throws {@link InvalidOptionError} for an unknown vocabulary, or for none
 */
export function emitDialects(dialects: readonly Dialect[]): SpanTransform {
  const unknown = dialects.find((dialect) => !Object.hasOwn(WRITERS, dialect));
  if (unknown !== undefined || dialects.length === 0)
    throw new InvalidOptionError({
      option: 'dialects',
      value: unknown ?? dialects,
      use: `one or more of ${DIALECTS.join(', ')}`,
    });
  const writers = dialects.flatMap((dialect) => WRITERS[dialect] ?? []);
  const keepsCurrent = dialects.includes('current');
  const failures = new FailureLog();
  return {
    name: 'dialects',
    transform(span) {
      if (writers.length === 0 || !isGenAi(span)) return span;
      try {
        const writing = new DialectWriting(new SpanFacts(span));
        for (const write of writers) write(writing);
        return spanView(span, {
          attributes: merged(span.attributes, writing, keepsCurrent),
          ...(writing.events.length > 0 && { events: [...span.events, ...writing.events] }),
        });
      } catch (error) {
        // A span in the wrong words is better than none.
        failures.report('saying a span in other vocabularies', error);
        return span;
      }
    },
  };
}

function isGenAi({ attributes }: ReadableSpan): boolean {
  return (
    attributes[ATTR_GEN_AI_OPERATION_NAME] !== undefined ||
    attributes[ATTR_GEN_AI_PROVIDER_NAME] !== undefined
  );
}

function merged(
  current: Attributes,
  { attributes, said }: DialectWriting,
  keepsCurrent: boolean,
): Attributes {
  const kept = keepsCurrent
    ? current
    : Object.fromEntries(Object.entries(current).filter(([name]) => !said.has(name)));
  return { ...kept, ...attributes };
}
