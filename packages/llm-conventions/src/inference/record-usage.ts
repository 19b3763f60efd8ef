import type { Span } from '@opentelemetry/api';
import { costOfAll } from '../cost/cost-of-all.ts';
import type { Cost, CostQuestion } from '../cost/cost-of.ts';
import { ATTR_LLM_OTEL_USAGE_ANSWERS } from '../generated/attributes.ts';
import { type AttributeTarget, setIfKnown } from '../set-if-known.ts';
import { repeatedNames } from '../usage/repeated-names.ts';
import { isPartial, type Usage } from '../usage/usage.ts';
import type { CallInside } from './call-inside.ts';
import { setUsageAttributes } from './inference-metrics.ts';
import type { InferenceRequest } from './inference-types.ts';
import type { InferenceSettings } from './inference-settings.ts';
import type { UsageOfCall } from './usage-of-call.ts';
import { costOfCall, recordCost } from './record-cost.ts';

/** Whose usage it is. */
interface Subject {
  readonly span: Span;
  readonly attributes: AttributeTarget;
  readonly request: InferenceRequest;
  readonly responseModel: string | undefined;
  readonly tier: string | undefined;
}

/** What is paid for a call. */
export interface CallCost {
  /** With its other calls. */
  readonly whole: Cost | undefined;
  /** Of the call itself. */
  readonly own: Cost | undefined;
  /** Of each of its other calls. */
  readonly others: readonly (Cost | undefined)[];
}

const NO_COST: CallCost = { whole: undefined, own: undefined, others: [] };

/** Sets what a call used on its span, and what that cost where it is told nowhere else. What is repeated stands under names of its own. */
export function recordUsage(
  subject: Subject,
  used: UsageOfCall,
  settings: InferenceSettings,
): CallCost {
  const { usage, rest, own, otherCalls } = used;
  const { span, attributes } = subject;
  if (usage === undefined) return NO_COST;
  const repeated =
    rest === usage ? undefined : repeatedNames(attributes, { isAll: rest === undefined });
  if (repeated !== undefined) setUsageAttributes(repeated, usage);
  if (rest !== undefined) setUsageAttributes(attributes, rest);
  const cost = rest === undefined ? NO_COST : costOfAnswers(subject, used, settings);
  if (otherCalls.length > 0) {
    const others = otherCalls.filter((call) => call.usage !== undefined).length;
    // Also of one, where that is not the last: id and model of the span are those of another one.
    const answers = own === undefined ? others : others + 1;
    if (others > 0) setIfKnown(attributes, ATTR_LLM_OTEL_USAGE_ANSWERS, answers);
  }
  const target = rest === undefined ? (repeated ?? attributes) : attributes;
  recordCost(span, target, subject.tier, cost.whole);
  return cost;
}

/** Each answer has a price of its own. One of which only a part is known has none beside others; without that of another one the sum is not known. */
function costOfAnswers(
  subject: Subject,
  { priced, otherCalls, isOfOthers }: UsageOfCall,
  settings: InferenceSettings,
): CallCost {
  const { prices } = settings;
  const responseModel = isOfOthers ? undefined : subject.responseModel;
  const own = priced && costOfCall(questionOf(subject, priced, settings), responseModel, prices);
  if (otherCalls.length === 0) return { whole: own, own, others: [] };
  const others = otherCalls.map((call) => {
    if (call.usage === undefined || isPartial(call.usage)) return undefined;
    const asked = { ...subject, tier: call.tier ?? subject.tier };
    const question = questionOf(asked, call.usage, settings);
    return costOfCall(question, call.responseModel ?? responseModel, prices);
  });
  const costs = others.filter((_, index) => !isPartial(otherCalls[index]?.usage));
  if (priced !== undefined) costs.push(own);
  const known = costs.filter((cost) => cost !== undefined);
  return { whole: known.length < costs.length ? undefined : costOfAll(known), own, others };
}

/** `cost`, that of `rest`, with what `calls` cost that another library told; recorded nowhere. Undefined where one of them has no price. */
export function withCostOf(
  calls: readonly CallInside[],
  cost: Pick<Cost, 'exactMicroUsd'> | undefined,
  subject: Subject,
  rest: Usage | undefined,
  settings: InferenceSettings,
): Pick<Cost, 'exactMicroUsd'> | undefined {
  const { prices } = settings;
  if (calls.length === 0) return cost;
  let exactMicroUsd = rest === undefined ? 0 : cost?.exactMicroUsd;
  for (const { usage, model, responseModel = subject.responseModel, tier } of calls) {
    if (usage === undefined || prices === undefined) continue;
    const { request } = subject;
    const asked = { ...subject, tier: tier ?? subject.tier, request: { ...request, model } };
    const more = costOfCall(questionOf(asked, usage, settings), responseModel, prices);
    exactMicroUsd = sumOfBoth(exactMicroUsd, more?.exactMicroUsd);
  }
  return exactMicroUsd === undefined ? undefined : { exactMicroUsd };
}

function sumOfBoth(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one + other;
}

function questionOf(
  { request, tier }: Subject,
  usage: Usage,
  { clock }: InferenceSettings,
): CostQuestion {
  const { provider, model = '', serverAddress } = request;
  return { provider, model, usage, tier, at: clock.epochMillis(), serverAddress };
}
