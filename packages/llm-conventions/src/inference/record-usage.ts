import type { Span } from '@opentelemetry/api';
import type { Cost, CostQuestion } from '../cost/cost-of.ts';
import type { AttributeTarget } from '../set-if-known.ts';
import { repeatedNames } from '../usage/repeated-names.ts';
import type { Usage } from '../usage/usage.ts';
import { setUsageAttributes } from './inference-metrics.ts';
import type { InferenceRequest } from './inference-types.ts';
import type { InferenceSettings } from './inference-settings.ts';
import { costOfCall, recordCost } from './record-cost.ts';

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
  subject: Subject,
  { usage, rest, whole }: UsageOfCall,
  settings: InferenceSettings,
): Cost | undefined {
  const { span, attributes, responseModel } = subject;
  const repeated =
    rest === usage ? undefined : repeatedNames(attributes, { isAll: rest === undefined });
  if (repeated !== undefined) setUsageAttributes(repeated, usage);
  if (rest !== undefined) setUsageAttributes(attributes, rest);
  const question = questionOf(subject, whole, settings);
  const target = rest === undefined ? (repeated ?? attributes) : attributes;
  return recordCost(
    span,
    target,
    question,
    responseModel,
    rest === undefined ? undefined : settings.prices,
  );
}

/** What `usage` of the call costs, recorded nowhere. */
export function costOfUsage(
  subject: Subject,
  usage: Usage,
  settings: InferenceSettings,
): Cost | undefined {
  const { prices } = settings;
  const question = questionOf(subject, usage, settings);
  return prices && costOfCall(question, subject.responseModel, prices);
}

function questionOf(
  { request, tier }: Subject,
  usage: Usage,
  { clock }: InferenceSettings,
): CostQuestion {
  const { provider, model = '', serverAddress } = request;
  return { provider, model, usage, tier, at: clock.epochMillis(), serverAddress };
}
