import {
  type Attributes,
  context,
  type Context,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  trace,
} from '@opentelemetry/api';
import { endSpan, FailureLog, InvalidOptionError, startSpan } from '@llm-otel/core';
import { describeError } from '../error-facts.ts';
import { emitEvent } from '../event-logger.ts';
import {
  ATTR_ERROR_TYPE,
  ATTR_GEN_AI_EVALUATION_EXPLANATION,
  ATTR_GEN_AI_EVALUATION_NAME,
  ATTR_GEN_AI_EVALUATION_SCORE_LABEL,
  ATTR_GEN_AI_EVALUATION_SCORE_VALUE,
  ATTR_GEN_AI_RESPONSE_ID,
  ATTR_LLM_OTEL_EVALUATION_NAME,
  ATTR_LLM_OTEL_LINK_KIND,
} from '../generated/attributes.ts';
import { EVENT_GEN_AI_EVALUATION_RESULT } from '../generated/events.ts';
import {
  METRIC_LLM_OTEL_EVALUATION_RESULTS,
  METRIC_LLM_OTEL_EVALUATION_SCORE,
} from '../generated/metrics.ts';
import { LLM_OTEL_LINK_KIND_VALUE_EVALUATED } from '../generated/values.ts';
import { readMember, readString } from '../read-member.ts';
import type { Signals } from '../signals.ts';
import type { Evaluation } from './evaluation.ts';
import { contextOf, hasFlags, spanContextOf } from './span-reference.ts';

/**
 * Records an evaluation as the event `gen_ai.evaluation.result` of the span that was judged, and as metrics. Without a
 * logger provider the event goes on that span as long as it is open; afterwards, on a span of its own below it, with a
 * link to it.
 * A score that is no number costs itself alone, and is told.
 * @throws for an evaluation without a name
 */
export function recordEvaluation(
  evaluation: Evaluation,
  signals: Signals,
  { recordsContent }: { readonly recordsContent: boolean },
): void {
  const { name, responseId } = evaluation;
  if (typeof name !== 'string' || name === '')
    throw new InvalidOptionError({ option: 'name', value: name, use: 'what was evaluated' });
  const score = scoreOf(evaluation);
  // Whatever a caller without types has put there.
  const span: unknown = evaluation.span ?? (responseId === undefined ? activeSpan() : undefined);
  const judged = span === undefined ? undefined : spanContextOf(span);
  if (span !== undefined && judged === undefined) reportReference(span);
  else if (readString(span, 'traceId') !== undefined && !hasFlags(span)) reportFlags(span);
  const inside = judged === undefined ? ROOT_CONTEXT : contextOf(judged);
  const attributes = attributesOf(evaluation, score, span);
  if (!recordsContent) delete attributes[ATTR_GEN_AI_EVALUATION_EXPLANATION];
  const logger = signals.logger();
  if (logger !== undefined)
    emitEvent(logger, EVENT_GEN_AI_EVALUATION_RESULT, attributes, inside, evaluation.atMillis);
  else if (isOpen(span, judged)) span.addEvent(EVENT_GEN_AI_EVALUATION_RESULT, attributes);
  else recordOnSpan(evaluation, attributes, inside, judged, signals);
  recordMetrics(score, attributes, inside, signals);
}

const failures = new FailureLog();

function scoreOf({ score }: Evaluation): number | undefined {
  if (score === undefined || score === null || Number.isFinite(score)) return score ?? undefined;
  failures.report(
    'reading the score of an evaluation',
    // JSON has no word for what is no number.
    new InvalidOptionError({ option: 'score', value: String(score), use: 'a finite number' }),
  );
  return undefined;
}

/** A span of its own that goes nowhere is no mistake. A reference that was cut or mixed up is, and whatever is no span. */
function reportReference(span: unknown): void {
  const traceparent = readMember(span, 'traceparent');
  const isReference = traceparent !== undefined;
  if (!isReference && isSpanOrContext(span)) return;
  failures.report(
    isReference ? 'finding the span of an evaluation' : 'reading the span of an evaluation',
    new InvalidOptionError({
      option: isReference ? 'span.traceparent' : 'span',
      value: isReference ? traceparent : span,
      use: isReference
        ? 'what `spanReference` returned; the evaluation is recorded without a span'
        : 'a span, its context, or what `spanReference` returned; the evaluation is recorded without a span',
    }),
  );
}

/** What was put together by hand, from ids that were stored. */
function reportFlags(span: unknown): void {
  failures.report(
    'reading whether the span of an evaluation was sampled',
    new InvalidOptionError({
      option: 'span.traceFlags',
      value: readMember(span, 'traceFlags'),
      use: 'that of the span (1 where it was sampled), or what `spanReference` returned; it is taken to be sampled',
    }),
  );
}

function isSpanOrContext(span: unknown): boolean {
  return (
    typeof readMember(span, 'spanContext') === 'function' ||
    typeof readMember(span, 'traceId') === 'string'
  );
}

function activeSpan(): Span | undefined {
  return trace.getSpan(context.active());
}

/** Only what has a context of a span is asked. */
function isOpen(span: unknown, judged: SpanContext | undefined): span is Span {
  if (judged === undefined || typeof readMember(span, 'isRecording') !== 'function') return false;
  return (span as Span).isRecording();
}

function attributesOf(
  evaluation: Evaluation,
  score: number | undefined,
  span: unknown,
): Attributes {
  const { name, label, explanation, error } = evaluation;
  const attributes: Attributes = { [ATTR_GEN_AI_EVALUATION_NAME]: name };
  const referred =
    readMember(span, 'traceparent') === undefined ? undefined : readString(span, 'responseId');
  const responseId = evaluation.responseId ?? referred;
  if (score !== undefined) attributes[ATTR_GEN_AI_EVALUATION_SCORE_VALUE] = score;
  if (label !== undefined) attributes[ATTR_GEN_AI_EVALUATION_SCORE_LABEL] = label;
  if (explanation !== undefined) attributes[ATTR_GEN_AI_EVALUATION_EXPLANATION] = explanation;
  if (responseId !== undefined) attributes[ATTR_GEN_AI_RESPONSE_ID] = responseId;
  if (error !== undefined) attributes[ATTR_ERROR_TYPE] = describeError(error).type;
  return attributes;
}

/** Back ends without logs would not see it otherwise. */
function recordOnSpan(
  { name, atMillis }: Evaluation,
  attributes: Attributes,
  parent: Context,
  judged: SpanContext | undefined,
  { tracer }: Signals,
): void {
  const linkAttributes = { [ATTR_LLM_OTEL_LINK_KIND]: LLM_OTEL_LINK_KIND_VALUE_EVALUATED };
  const span = startSpan(
    tracer,
    `evaluation ${name}`,
    {
      kind: SpanKind.INTERNAL,
      // Nothing else tells what kind of span it is.
      attributes: { [ATTR_LLM_OTEL_EVALUATION_NAME]: name },
      ...(judged === undefined ? {} : { links: [{ context: judged, attributes: linkAttributes }] }),
      ...(atMillis === undefined ? {} : { startTime: atMillis }),
    },
    parent,
  );
  span.addEvent(EVENT_GEN_AI_EVALUATION_RESULT, attributes, atMillis);
  if (atMillis === undefined) endSpan(span);
  else span.end(atMillis);
}

function recordMetrics(
  score: number | undefined,
  attributes: Attributes,
  inside: Context,
  { instruments }: Signals,
): void {
  if (instruments === undefined) return;
  const dimensions: Attributes = {};
  const { [ATTR_ERROR_TYPE]: errorType, ...scored } = attributes;
  for (const name of [ATTR_GEN_AI_EVALUATION_NAME, ATTR_GEN_AI_EVALUATION_SCORE_LABEL])
    if (scored[name] !== undefined) dimensions[name] = scored[name];
  if (score !== undefined)
    instruments.record(METRIC_LLM_OTEL_EVALUATION_SCORE, score, dimensions, inside);
  const counted =
    errorType === undefined ? dimensions : { ...dimensions, [ATTR_ERROR_TYPE]: errorType };
  instruments.add(METRIC_LLM_OTEL_EVALUATION_RESULTS, 1, counted, inside);
}
