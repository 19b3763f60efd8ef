import type { Span } from '@opentelemetry/api';
import type { Cost } from '../cost/cost-of.ts';
import type { AttributeTarget } from '../set-if-known.ts';
import { repeatedNames } from '../usage/repeated-names.ts';
import type { Usage } from '../usage/usage.ts';
import { setUsageAttributes } from './inference-metrics.ts';
import type { InferenceRequest } from './inference-types.ts';
import type { InferenceSettings } from './inference-settings.ts';
import { recordCost } from './record-cost.ts';

/** Whose usage it is. */
interface Subject {
  readonly span: Span;
  readonly attributes: AttributeTarget;
  readonly request: InferenceRequest;
  readonly responseModel: string | undefined;
  readonly tier: string | undefined;
}

/** What a call that is over used. */
interface UsageOfCall {
  readonly usage: Usage;
  /** What of it is told here and nowhere else; all of it, unless the same call was seen elsewhere as well. */
  readonly rest: Usage | undefined;
  /** With what is known elsewhere alone. */
  readonly whole: Usage;
}

/** Sets what a call used on its span, and what that cost where it is told nowhere else. What is repeated stands under names of its own. */
export function recordUsage(
  { span, attributes, request, responseModel, tier }: Subject,
  { usage, rest, whole }: UsageOfCall,
  { clock, prices }: InferenceSettings,
): Cost | undefined {
  const { provider, model = '', serverAddress } = request;
  const repeated =
    rest === usage ? undefined : repeatedNames(attributes, { isAll: rest === undefined });
  if (repeated !== undefined) setUsageAttributes(repeated, usage);
  if (rest !== undefined) setUsageAttributes(attributes, rest);
  const question = { provider, model, usage: whole, tier, at: clock.epochMillis(), serverAddress };
  const target = rest === undefined ? (repeated ?? attributes) : attributes;
  return recordCost(span, target, question, responseModel, rest === undefined ? undefined : prices);
}
