import { SpanStatusCode } from '@opentelemetry/api';
import {
  FailureLog,
  forwardTo,
  type ReadableSpan,
  type SpanProcessorWrapper,
} from '@llm-otel/core';
import type { Cost } from '../cost/cost-of.ts';
import { costOfSpan } from '../cost/cost-of-span.ts';
import { priceTable } from '../cost/price-table.ts';
import type { PriceTable } from '../cost/price-types.ts';
import { factsInCurrentNames } from '../dialects/facts-in-current-names.ts';
import { MODEL_CALLS } from '../dialects/move-roll-up.ts';
import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_ID,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_LLM_OTEL_COST_TIER,
  ATTR_OPENAI_RESPONSE_SERVICE_TIER,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from '../generated/attributes.ts';
import { GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS } from '../generated/values.ts';
import { callScopeAround } from '../inference/call-scope.ts';
import type { SeenServer } from '../inference/call-inside.ts';
import {
  type EndedCall,
  isAnotherCall,
  foreignCallAround,
  type NestedSpan,
  NestedSpans,
  noteCallBelow,
  noteOpenCalls,
} from './nested-spans.ts';
import { isOwnCall, noteOwnTotals, noteToldElsewhere } from './own-calls.ts';
import { isPartial, mergeUsage, type Usage, usageBeyond } from './usage.ts';
import { usageFromAttributes } from './usage-attributes.ts';

const failures = new FailureLog();

/**
 * Counts, for the run around it, a model call that another library records: its tokens and cost in totals and budgets, and the
 * call itself. What such a span used is only known when it ends. Of one that is open at the end of the run the totals say that
 * they are partial, if it tells at its start that it is a call, and runs around that one count it when it ends. One that is not
 * sampled is missing. Calls that are recorded here are counted by themselves, and a call that another one is made of counts once.
 * So do tokens that a span around calls repeats, whatever it is: `normaliseDialects` moves them. Where no call below it told any,
 * they are its own.
 */
export function countForeignCalls({
  prices = priceTable,
}: CountForeignCallsOptions = {}): SpanProcessorWrapper {
  const spans = new NestedSpans();
  return (next) => ({
    ...forwardTo(next),
    onStart(span, parentContext) {
      failures.guard('looking for the run around a span', () =>
        noteStart(span, spans.started(span, parentContext)),
      );
      next.onStart(span, parentContext);
    },
    onEnd(span) {
      failures.guard('counting the call of another library', () => {
        const nested = spans.ended(span);
        try {
          noteEnd(span, nested, prices);
        } finally {
          tellPart(nested);
          if (nested.isCall) {
            noteOpenCalls(nested.around, -1);
            nested.scope?.callClosed?.();
          }
        }
      });
      next.onEnd(span);
    },
  });
}

export interface CountForeignCallsOptions {
  /** `false` counts no cost. @defaultValue the built-in table */
  readonly prices?: PriceTable | false | undefined;
}

function noteStart(span: ReadableSpan, nested: NestedSpan | undefined): void {
  if (nested === undefined || !tellsOfModels(span.attributes)) return;
  nested.isCall = MODEL_CALLS.has(factsInCurrentNames(span).attributes[ATTR_GEN_AI_OPERATION_NAME]);
  if (!nested.isCall) return;
  noteOpenCalls(nested.around, 1);
  nested.scope?.callOpened?.();
}

function noteEnd(span: ReadableSpan, nested: NestedSpan, prices: PriceTable | false): void {
  if (isOwnCall(span)) {
    noteCallBelow(nested.around, endedCall(span.attributes));
    return;
  }
  if (!tellsOfModels(span.attributes)) return;
  const { attributes, startTime, status } = factsInCurrentNames(span);
  const operation = attributes[ATTR_GEN_AI_OPERATION_NAME];
  const isModelCall = MODEL_CALLS.has(operation);
  const ended = endedCall(attributes);
  const { usage: told, models } = ended;
  if (told === undefined && (!isModelCall || foreignCallAround(nested.around) !== undefined))
    return;
  const { scope } = nested;
  const cost = (): Cost | undefined =>
    prices === false ? undefined : costOfSpan(attributes, startTime[0] * 1000, prices);
  const isCall = isModelCall && ended.isAnswer;
  const below = isCall || (told?.outputTokens ?? 0) > 0 ? nested.answersBelow : nested.below;
  if (!isModelCall && (below.usage !== undefined || nested.openCallsBelow > 0)) {
    noteToldElsewhere(span);
    return;
  }
  if (
    isModelCall &&
    below.usage !== undefined &&
    !(told !== undefined && isAnotherCall(below, told, models))
  ) {
    const rest = told && usageBeyond(told, below.usage);
    noteToldElsewhere(span, rest && below.usage);
    if (rest !== undefined) {
      tellRest(span, nested, rest, cost());
      nested.part = undefined;
    }
    return;
  }
  // One below that told nothing is the same call, and counts already.
  const isCounted = isModelCall && below.isThere && below.usage === undefined;
  if (isCounted && told === undefined) return;
  if (!isModelCall) noteOwnTotals(span);
  // Embeddings have no output.
  const usage = isCall || !isModelCall ? told : told && { outputTokens: 0, ...told };
  noteCallBelow(nested.around, ended);
  const responseId = textOf(attributes[ATTR_GEN_AI_RESPONSE_ID]);
  // One that broke off has used something.
  const isRefused = status.code === SpanStatusCode.ERROR && responseId === undefined;
  const around = callScopeAround(scope);
  const isDirect = around === scope;
  const counts = isCall && !isCounted;
  const found = around?.foreignEnded({
    model: textOf(attributes[ATTR_GEN_AI_REQUEST_MODEL]),
    responseId,
    responseModel: textOf(attributes[ATTR_GEN_AI_RESPONSE_MODEL]),
    tier: textOf(
      attributes[ATTR_LLM_OTEL_COST_TIER] ?? attributes[ATTR_OPENAI_RESPONSE_SERVICE_TIER],
    ),
    isEmbeddings: !ended.isAnswer,
    usage,
    counts: counts && isDirect,
    isDirect,
    isRefused,
    server: serverIn(attributes),
  });
  const place = found?.place;
  const mayBeMore = isPartial(usage) && !isRefused;
  const foreign = mayBeMore ? foreignCallAround(nested.around) : undefined;
  if (foreign !== undefined) tellPart(foreign);
  if (place === 'given') noteToldElsewhere(span);
  if (place === 'given' || place === 'held') {
    if (foreign !== undefined) foreign.part = { usage, scope: undefined, call: found?.call };
    return;
  }
  if (counts && (place === undefined || !isDirect)) scope?.countInference?.();
  if (foreign === undefined) scope?.inferenceEnded?.(usage, cost(), isRefused);
  else foreign.part = { usage, scope, call: undefined };
}

/** What a call around tells beyond the one below it: the run hears of both at once. */
function tellRest(
  span: ReadableSpan,
  { part, scope }: NestedSpan,
  rest: Usage,
  cost: Cost | undefined,
): void {
  const call = part?.call;
  const whole = mergeUsage(part?.usage, rest);
  if (call?.isGiven === true || call?.isHeld === true) {
    call.usage = whole;
    call.isHeld = false;
    if (call.isGiven) noteToldElsewhere(span);
    else scope?.inferenceEnded?.(whole, cost);
  } else if (part?.scope === undefined) scope?.inferenceEnded?.(rest, cost);
  else part.scope.inferenceEnded?.(whole, cost);
}

/** Nothing more is told of a call below. */
function tellPart(nested: NestedSpan): void {
  nested.part?.scope?.inferenceEnded?.(nested.part.usage, undefined);
  nested.part = undefined;
}

function endedCall(attributes: ReadableSpan['attributes']): EndedCall {
  const models = [attributes[ATTR_GEN_AI_REQUEST_MODEL], attributes[ATTR_GEN_AI_RESPONSE_MODEL]];
  return {
    usage: usageFromAttributes(attributes),
    models: models.filter((model) => typeof model === 'string'),
    isAnswer: attributes[ATTR_GEN_AI_OPERATION_NAME] !== GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS,
  };
}

/** What the names begin with in which any vocabulary tells of a call. */
const BEGINNINGS = [
  'gen_ai.',
  'llm.',
  'ai.',
  'openinference.',
  'langfuse.',
  'langsmith.',
  'traceloop.',
];

/** Asked for each span of the application, most of which are of other things. */
function tellsOfModels(attributes: ReadableSpan['attributes']): boolean {
  for (const name in attributes)
    for (const beginning of BEGINNINGS) if (name.startsWith(beginning)) return true;
  return false;
}

function serverIn(attributes: ReadableSpan['attributes']): SeenServer | undefined {
  const serverAddress = textOf(attributes[ATTR_SERVER_ADDRESS]);
  const port = attributes[ATTR_SERVER_PORT];
  const serverPort = typeof port === 'number' ? port : undefined;
  return serverAddress === undefined ? undefined : { serverAddress, serverPort };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
