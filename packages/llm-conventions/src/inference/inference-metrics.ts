import type { Attributes, Context } from '@opentelemetry/api';
import type { Cost } from '../cost/cost-of.ts';
import {
  ATTR_ERROR_TYPE,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from '../generated/attributes.ts';
import {
  METRIC_GEN_AI_CLIENT_INFERENCE_DURATION,
  METRIC_LLM_OTEL_CLIENT_INFERENCE_COST,
} from '../generated/metrics.ts';
import type { Instruments } from '../instruments.ts';
import { type AttributeTarget, setIfKnown } from '../set-if-known.ts';
import { USAGE_ATTRIBUTES } from '../usage/usage-attributes.ts';
import { isSplit, type Usage } from '../usage/usage.ts';
import { recordTokens } from './record-tokens.ts';

interface MetricSubject {
  readonly provider: string;
  readonly model?: string | undefined;
  readonly serverAddress?: string | undefined;
  readonly serverPort?: number | undefined;
}

/** The attributes that all metrics of client operations share. */
export function clientMetricAttributes(
  operation: string,
  subject: MetricSubject,
  responseModel: string | undefined,
): Attributes {
  const attributes: Attributes = {
    [ATTR_GEN_AI_OPERATION_NAME]: operation,
    [ATTR_GEN_AI_PROVIDER_NAME]: subject.provider,
  };
  if (subject.model !== undefined) attributes[ATTR_GEN_AI_REQUEST_MODEL] = subject.model;
  if (responseModel !== undefined) attributes[ATTR_GEN_AI_RESPONSE_MODEL] = responseModel;
  if (subject.serverAddress !== undefined) {
    attributes[ATTR_SERVER_ADDRESS] = subject.serverAddress;
    if (subject.serverPort !== undefined) attributes[ATTR_SERVER_PORT] = subject.serverPort;
  }
  return attributes;
}

/** The counts at the start of the list; the others split them by modality. */
const TOTALS = 6;

export function setUsageAttributes(span: AttributeTarget, usage: Usage): void {
  const last = isSplit(usage) ? USAGE_ATTRIBUTES.length : TOTALS;
  for (let index = 0; index < last; index++) {
    const [key, name] = USAGE_ATTRIBUTES[index]!;
    const tokens = usage[key];
    if (tokens !== undefined) setIfKnown(span, name, tokens);
  }
}

export interface InferenceMeasurement {
  readonly attributes: Attributes;
  /** Undefined where the same call has its duration elsewhere. */
  readonly seconds: number | undefined;
  readonly errorType: string | undefined;
  readonly usage: Usage | undefined;
  readonly cost: Pick<Cost, 'exactMicroUsd'> | undefined;
}

/** Duration, tokens and cost of a call that is over. Called once per call. */
export function recordInferenceMetrics(
  instruments: Instruments,
  { attributes, seconds, errorType, usage, cost }: InferenceMeasurement,
  context: Context,
): void {
  if (seconds !== undefined)
    instruments.record(
      METRIC_GEN_AI_CLIENT_INFERENCE_DURATION,
      seconds,
      errorType === undefined ? attributes : { ...attributes, [ATTR_ERROR_TYPE]: errorType },
      context,
    );
  if (usage !== undefined) recordTokens(instruments, attributes, usage, context);
  if (cost !== undefined)
    instruments.add(METRIC_LLM_OTEL_CLIENT_INFERENCE_COST, cost.exactMicroUsd, attributes, context);
}
