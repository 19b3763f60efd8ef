import type { Span } from '@opentelemetry/api';
import type { Cost } from '../cost/cost-of.ts';
import type { AttributeTarget } from '../set-if-known.ts';
import { repeatedNames } from '../usage/repeated-names.ts';
import type { Usage } from '../usage/usage.ts';
import { setUsageAttributes } from './inference-metrics.ts';
import type { InferenceRequest } from './inference-types.ts';
import type { InferenceSettings } from './inference-settings.ts';
import { recordCost } from './record-cost.ts';

/** What a call that is over used. */
export interface UsageOfCall {
  readonly usage: Usage;
  readonly request: InferenceRequest;
  readonly responseModel: string | undefined;
  readonly tier: string | undefined;
  /** Whether the same call told it inside: then it stands under names of its own here, and has no cost. */
  readonly repeats: boolean;
}

/** Sets what a call used, and what that cost, on its span. */
export function recordUsage(
  span: Span,
  attributes: AttributeTarget,
  { usage, request, responseModel, tier, repeats }: UsageOfCall,
  { clock, prices }: InferenceSettings,
): Cost | undefined {
  const { provider, model = '', serverAddress } = request;
  const target = repeats ? repeatedNames(attributes) : attributes;
  setUsageAttributes(target, usage);
  const question = { provider, model, usage, tier, at: clock.epochMillis(), serverAddress };
  return recordCost(span, target, question, responseModel, repeats ? undefined : prices);
}
