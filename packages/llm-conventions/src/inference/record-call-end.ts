import type { Context, Span } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from '../generated/attributes.ts';
import { type AttributeTarget, setIfKnown } from '../set-if-known.ts';
import type { Signals } from '../signals.ts';
import { sumOfUsages, type Usage } from '../usage/usage.ts';
import { usageOf } from './call-inside.ts';
import type { CallPlace } from './call-place.ts';
import type { CallUsage } from './call-usage.ts';
import { clientMetricAttributes, recordInferenceMetrics } from './inference-metrics.ts';
import type { InferenceSettings } from './inference-settings.ts';
import type { InferenceRequest } from './inference-types.ts';
import { recordUsage, withCostOf } from './record-usage.ts';
import type { StreamTiming } from './stream-timing.ts';
import { notRecorded, type SeenElsewhere, usageOfCall } from './usage-of-call.ts';

/** A call that is over. */
export interface EndedCall {
  readonly span: Span;
  readonly context: Context;
  /** The span, or what keeps its attributes for the event as well. */
  readonly attributes: AttributeTarget;
  readonly operation: string;
  readonly request: InferenceRequest;
  readonly responseModel: string | undefined;
  readonly tier: string | undefined;
  readonly usage: CallUsage;
  readonly place: CallPlace;
  readonly seconds: number;
  readonly errorType: string | undefined;
  readonly hasAnswered: boolean;
  /** Of a stream. */
  readonly timing: StreamTiming | undefined;
}

/**
 * Records what is measured of a call at its end, each once, though the call may be seen twice: tokens and cost on the span, in
 * metrics and for the run around it, and durations. Returns all that is known of what its answer used.
 */
export function recordCallEnd(
  ended: EndedCall,
  { instruments }: Signals,
  settings: InferenceSettings,
): Usage | undefined {
  const { reported } = ended.usage;
  const seen = ended.place.seen(reported);
  const call = seen === undefined ? ended : withSeen(ended, seen);
  const { place, context, errorType } = call;
  const more = notRecorded(reported, seen);
  if (more !== undefined) call.usage.report(more);
  const used = usageOfCall(call.usage.complete(call.attributes), seen);
  const { own, otherCalls, whole, answer } = used;
  const cost = recordUsage(call, used, settings);
  // One that broke off has used something.
  const isRefused = errorType !== undefined && !call.hasAnswered;
  const isWhole = errorType === undefined;
  // A signal ends the stream that is read before the one inside of it, which is known to be the same call. Any other failure is of this call.
  const mayBeLeft = whole === undefined && (isWhole || call.timing !== undefined);
  const isLeft = mayBeLeft && place.leave({ isKnown: !isWhole });
  place.tell(used, { cost: cost.whole, isRefused, isLeft });
  if (instruments === undefined) return answer;
  const attributes = clientMetricAttributes(call.operation, call.request, call.responseModel);
  // The call inside counts as the one call that was made.
  const isRepeated = isLeft || place.isRepeated(reported);
  if (!isRepeated) call.timing?.finish(instruments, attributes, context);
  const seconds = isRepeated ? undefined : call.seconds;
  const unmeasured = seen?.unmeasured ?? [];
  const isSum = seen?.isSum === true;
  const measured = {
    attributes,
    errorType,
    seconds,
    // Another library's span that told it has no metrics.
    usage: sumOfUsages(own, usageOf(unmeasured, { isSum })),
    cost: used.isOfOthers ? withCostOf(unmeasured, cost.own, call, own, settings) : cost.own,
  };
  recordInferenceMetrics(instruments, measured, context);
  for (const [index, { responseModel, usage }] of otherCalls.entries())
    recordInferenceMetrics(
      instruments,
      {
        attributes: clientMetricAttributes(call.operation, call.request, responseModel),
        errorType: undefined,
        seconds: undefined,
        usage,
        cost: cost.others[index],
      },
      context,
    );
  return answer;
}

/**
 * Where nobody said to which server the call went, or which model answered in which tier, it is what another library tells of it:
 * prices are those of all three.
 */
function withSeen(call: EndedCall, seen: SeenElsewhere): EndedCall {
  const { attributes, request } = call;
  const { responseModel = seen.responseModel, tier = seen.tier } = call;
  if (call.responseModel === undefined)
    setIfKnown(attributes, ATTR_GEN_AI_RESPONSE_MODEL, responseModel);
  const server = request.serverAddress === undefined ? seen.server : undefined;
  setIfKnown(attributes, ATTR_SERVER_ADDRESS, server?.serverAddress);
  setIfKnown(attributes, ATTR_SERVER_PORT, server?.serverPort);
  return { ...call, responseModel, tier, request: { ...request, ...server } };
}
