import {
  FailureLog,
  InvalidOptionError,
  type ReadableSpan,
  type SpanTransform,
  spanView,
} from '@llm-otel/core';
import {
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  ATTR_GEN_AI_TOOL_CALL_RESULT,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
} from '../generated/attributes.ts';
import { dataOfJson } from '../messages/data-of-json.ts';
import { finishReasonFrom } from '../messages/finish-reason.ts';
import { readMember, toList } from '../read-member.ts';
import { DialectWriting } from './dialect-writing.ts';
import { isSameJson } from './is-same-json.ts';
import { inCurrentNames } from './normalise-dialects.ts';
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
 * stays, and so does content that could not be read out of it again as it was. The last transform, behind redaction and budget: both know today's names.
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
        const facts = new SpanFacts(span);
        const written = writers.map((write) => {
          const writing = new DialectWriting(facts);
          write(writing);
          return writing;
        });
        if (keepsCurrent) return said(span, written, new Set());
        const replaced = new Set(written.flatMap((writing) => [...writing.said]));
        for (const writing of written)
          for (const name of lostIn(said(span, [writing], writing.said), span, writing.said))
            replaced.delete(name);
        if (written.length > 1)
          // The one that is read may be one that says less: of the content, or of the operation.
          for (const name of lostIn(said(span, written, replaced), span, replaced, [...replaced]))
            replaced.delete(name);
        return said(span, written, replaced);
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

/** The span with what was written, and without the names of today that are `replaced`. */
function said(
  span: ReadableSpan,
  written: readonly DialectWriting[],
  replaced: ReadonlySet<string>,
): ReadableSpan {
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(span.attributes))
    if (!replaced.has(name)) attributes[name] = value;
  for (const writing of written) Object.assign(attributes, writing.attributes);
  const events = written.flatMap((writing) => writing.events);
  return spanView(span, {
    attributes,
    ...(events.length > 0 && { events: [...span.events, ...events] }),
  });
}

const CONTENT: readonly string[] = [
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  ATTR_GEN_AI_TOOL_CALL_RESULT,
];

/** Which of `looked`, content where it is left out, was said and cannot be read again as it was: it keeps its current name too. */
function lostIn(
  written: ReadableSpan,
  { attributes }: ReadableSpan,
  replaced: ReadonlySet<string>,
  looked = CONTENT,
): readonly string[] {
  const names = looked.filter((name) => replaced.has(name) && attributes[name] !== undefined);
  if (names.length === 0) return names;
  const read = inCurrentNames(written).attributes;
  const reasons = toList(read[ATTR_GEN_AI_RESPONSE_FINISH_REASONS]);
  return names.filter((name) => {
    const before = dataOfJson(attributes[name]);
    const wanted = name === ATTR_GEN_AI_OUTPUT_MESSAGES ? withoutReasons(before, reasons) : before;
    return (
      !isSameJson(dataOfJson(read[name]), before) && !isSameJson(dataOfJson(read[name]), wanted)
    );
  });
}

/** Answers without the finish reasons in them that are told beside them, where today's conventions have them. */
function withoutReasons(answers: unknown, reasons: readonly unknown[]): unknown {
  if (!Array.isArray(answers)) return answers;
  return (answers as readonly unknown[]).map((answer, index) => {
    const reason = finishReasonFrom(readMember(answer, 'finish_reason'));
    return reason !== undefined && reason === reasons[index]
      ? Object.assign({}, answer, { finish_reason: undefined })
      : answer;
  });
}
