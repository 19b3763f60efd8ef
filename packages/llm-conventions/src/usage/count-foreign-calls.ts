import { type Context, SpanStatusCode, trace } from '@opentelemetry/api';
import {
  FailureLog,
  forwardTo,
  type ReadableSpan,
  type SpanProcessorWrapper,
} from '@llm-otel/core';
import { type AgentScope, agentScopeOf } from '../agent-scope.ts';
import type { Cost } from '../cost/cost-of.ts';
import { costOfSpan } from '../cost/cost-of-span.ts';
import { priceTable } from '../cost/price-table.ts';
import type { PriceTable } from '../cost/price-types.ts';
import { factsInCurrentNames } from '../dialects/facts-in-current-names.ts';
import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_ID,
} from '../generated/attributes.ts';
import { GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS } from '../generated/values.ts';
import { callScopeAround } from '../inference/call-scope.ts';
import { isOwnCall, noteToldElsewhere } from './own-calls.ts';
import { mergeUsage, type Usage, usageBeyond } from './usage.ts';
import { usageFromAttributes } from './usage-attributes.ts';

/** Operations that are calls of a model. */
const CALLS = new Set<unknown>([
  'chat',
  'generate_content',
  'text_completion',
  GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS,
]);

/** A span that started inside a run. */
interface Inside {
  readonly scope: AgentScope;
  /** Whether it was a call by what it said at its start: until its end the run around it lacks that. */
  readonly isOpenCall: boolean;
  readonly around: Inside | undefined;
  /** Whether a call below it is counted: what it says then repeats that. */
  hasCallBelow: boolean;
  /** What they told. */
  usageBelow: Usage | undefined;
}

const failures = new FailureLog();

/**
 * Counts, for the run around it, a model call that another library records: its tokens and cost in totals and budgets, and the
 * call itself. What such a span used is only known when it ends. Of one that is open at the end of the run the totals say that
 * they are partial, if it tells at its start that it is a call, and runs around that one count it when it ends. One that is not
 * sampled is missing. Calls that are recorded here are counted by themselves, and a call that another one is made of counts once.
 */
export function countForeignCalls({
  prices = priceTable,
}: CountForeignCallsOptions = {}): SpanProcessorWrapper {
  const spans = new WeakMap<object, Inside>();
  return (next) => ({
    ...forwardTo(next),
    onStart(span, parentContext) {
      failures.guard('looking for the run around a span', () =>
        noteStart(spans, span, parentContext),
      );
      next.onStart(span, parentContext);
    },
    onEnd(span) {
      const inside = spans.get(span);
      if (inside !== undefined)
        failures.guard('counting the call of another library', () => {
          try {
            noteEnd(span, inside, prices);
          } finally {
            if (inside.isOpenCall) inside.scope.callClosed?.();
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

function noteStart(
  spans: WeakMap<object, Inside>,
  span: ReadableSpan,
  parentContext: Context,
): void {
  const scope = agentScopeOf(parentContext);
  if (scope === undefined) return;
  const parent = trace.getSpan(parentContext);
  const around = parent === undefined ? undefined : spans.get(parent);
  const isOpenCall = CALLS.has(factsInCurrentNames(span).attributes[ATTR_GEN_AI_OPERATION_NAME]);
  if (isOpenCall) scope.callOpened?.();
  spans.set(span, { scope, isOpenCall, around, hasCallBelow: false, usageBelow: undefined });
}

function noteEnd(span: ReadableSpan, inside: Inside, prices: PriceTable | false): void {
  if (isOwnCall(span)) {
    noteBelow(inside.around, usageFromAttributes(span.attributes));
    return;
  }
  const { attributes, startTime, status } = factsInCurrentNames(span);
  const operation = attributes[ATTR_GEN_AI_OPERATION_NAME];
  if (!CALLS.has(operation)) return;
  const { scope, usageBelow } = inside;
  const told = usageFromAttributes(attributes);
  const cost = (): Cost | undefined =>
    prices === false ? undefined : costOfSpan(attributes, startTime[0] * 1000, prices);
  if (inside.hasCallBelow) {
    if (usageBelow === undefined) return;
    const rest = told && usageBeyond(told, usageBelow);
    noteToldElsewhere(span, rest && usageBelow);
    if (rest !== undefined) scope.inferenceEnded?.(rest, cost());
    return;
  }
  const isCall = operation !== GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS;
  // Embeddings have no output.
  const usage = isCall ? told : told && { outputTokens: 0, ...told };
  noteBelow(inside.around, told);
  const responseId = textOf(attributes[ATTR_GEN_AI_RESPONSE_ID]);
  const model = textOf(attributes[ATTR_GEN_AI_REQUEST_MODEL]);
  const around = callScopeAround(scope);
  const isDirect = around === scope;
  const seen = { model, responseId, usage, counts: isCall && isDirect, isDirect };
  const place = around?.foreignEnded(seen);
  if (place === 'given') {
    noteToldElsewhere(span);
    return;
  }
  if (isCall && (place === undefined || !isDirect)) scope.countInference?.();
  // One that broke off has used something.
  const failed = status.code === SpanStatusCode.ERROR && responseId === undefined;
  scope.inferenceEnded?.(usage, cost(), failed);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function noteBelow(around: Inside | undefined, usage: Usage | undefined): void {
  for (let each = around; each !== undefined; each = each.around) {
    each.hasCallBelow = true;
    if (usage !== undefined) each.usageBelow = mergeUsage(each.usageBelow, usage);
  }
}
