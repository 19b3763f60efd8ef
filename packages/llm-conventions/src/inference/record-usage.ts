import type { Span } from '@opentelemetry/api';
import type { Cost, CostQuestion } from '../cost/cost-of.ts';
import type { AttributeTarget } from '../set-if-known.ts';
import { repeatedNames } from '../usage/repeated-names.ts';
import type { Usage } from '../usage/usage.ts';
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
  const { usage, rest, whole, isOfOthers } = used;
  const { span, attributes, responseModel } = subject;
  const repeated =
    rest === usage ? undefined : repeatedNames(attributes, { isAll: rest === undefined });
  if (repeated !== undefined && usage !== undefined) setUsageAttributes(repeated, usage);
  if (rest !== undefined) setUsageAttributes(attributes, rest);
  const question = questionOf(subject, (isOfOthers ? rest : whole) ?? {}, settings);
  const target = rest === undefined ? (repeated ?? attributes) : attributes;
  return recordCost(
    span,
    target,
    question,
    isOfOthers ? undefined : responseModel,
    rest === undefined ? undefined : settings.prices,
  );
}

/** What all of it costs in micro-USD, recorded nowhere. */
export function costOfWhole(
  subject: Subject,
  { whole, elsewhere, rest, isOfOthers }: UsageOfCall,
  settings: InferenceSettings,
): Pick<Cost, 'exactMicroUsd'> | undefined {
  const { prices } = settings;
  const costOfPart = (usage: Usage | undefined, model: string | undefined): number | undefined =>
    usage &&
    prices &&
    costOfCall(questionOf(subject, usage, settings), model, prices)?.exactMicroUsd;
  const { responseModel } = subject;
  const told = costOfPart(isOfOthers ? elsewhere : whole, responseModel);
  const more = isOfOthers && rest !== undefined ? costOfPart(rest, undefined) : 0;
  if (told === undefined || more === undefined) return undefined;
  return { exactMicroUsd: told + more };
}

function questionOf(
  { request, tier }: Subject,
  usage: Usage,
  { clock }: InferenceSettings,
): CostQuestion {
  const { provider, model = '', serverAddress } = request;
  return { provider, model, usage, tier, at: clock.epochMillis(), serverAddress };
}
