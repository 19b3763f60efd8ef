import type { Span } from '@opentelemetry/api';
import type { Cost, CostQuestion } from '../cost/cost-of.ts';
import type { AttributeTarget } from '../set-if-known.ts';
import { repeatedNames } from '../usage/repeated-names.ts';
import type { Usage } from '../usage/usage.ts';
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

/** Sets what a call used on its span, and what that cost where it is told nowhere else. What is repeated stands under names of its own. */
export function recordUsage(
  subject: Subject,
  used: UsageOfCall,
  settings: InferenceSettings,
): Cost | undefined {
  const { usage, rest, priced, isOfOthers } = used;
  const { span, attributes, responseModel } = subject;
  const repeated =
    rest === usage ? undefined : repeatedNames(attributes, { isAll: rest === undefined });
  if (repeated !== undefined && usage !== undefined) setUsageAttributes(repeated, usage);
  if (rest !== undefined) setUsageAttributes(attributes, rest);
  const question = questionOf(subject, priced ?? {}, settings);
  const target = rest === undefined ? (repeated ?? attributes) : attributes;
  return recordCost(
    span,
    target,
    question,
    isOfOthers ? used.othersModel : responseModel,
    rest === undefined ? undefined : settings.prices,
  );
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
