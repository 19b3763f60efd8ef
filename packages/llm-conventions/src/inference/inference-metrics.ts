import type { Attributes, Context } from '@opentelemetry/api';
import type { Cost } from '../cost/cost-of.ts';
import {
  ATTR_ERROR_TYPE,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_TOKEN_MODALITY,
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from '../generated/attributes.ts';
import {
  METRIC_GEN_AI_CLIENT_INFERENCE_DURATION,
  METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_INPUT_TOKENS,
  METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_OUTPUT_TOKENS,
  METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS,
  METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS,
  METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_INPUT_TOKENS,
  METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS,
  METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS,
  METRIC_LLM_OTEL_CLIENT_INFERENCE_COST,
} from '../generated/metrics.ts';
import { GEN_AI_TOKEN_MODALITY_VALUE_UNKNOWN } from '../generated/values.ts';
import type { Instruments } from '../instruments.ts';
import { type AttributeTarget, setIfKnown } from '../set-if-known.ts';
import type { Usage } from '../usage/usage.ts';

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

export function setUsageAttributes(span: AttributeTarget, usage: Usage): void {
  setIfKnown(span, ATTR_GEN_AI_USAGE_INPUT_TOKENS, usage.inputTokens);
  setIfKnown(span, ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, usage.outputTokens);
  setIfKnown(span, ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, usage.cacheReadTokens);
  setIfKnown(span, ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS, usage.cacheWriteTokens);
  setIfKnown(span, ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, usage.reasoningTokens);
}

export interface InferenceMeasurement {
  readonly attributes: Attributes;
  readonly seconds: number;
  readonly errorType: string | undefined;
  readonly usage: Usage | undefined;
  readonly cost: Cost | undefined;
}

/** Duration, tokens and cost of a call that is over. Called once per call. */
export function recordInferenceMetrics(
  instruments: Instruments,
  { attributes, seconds, errorType, usage, cost }: InferenceMeasurement,
  context: Context,
): void {
  instruments.record(
    METRIC_GEN_AI_CLIENT_INFERENCE_DURATION,
    seconds,
    errorType === undefined ? attributes : { ...attributes, [ATTR_ERROR_TYPE]: errorType },
    context,
  );
  if (usage !== undefined) recordTokens(instruments, attributes, usage, context);
  if (cost !== undefined)
    instruments.add(METRIC_LLM_OTEL_CLIENT_INFERENCE_COST, cost.microUsd, attributes, context);
}

/** A count the provider did not report is not recorded, not even as zero. */
function recordTokens(
  instruments: Instruments,
  attributes: Attributes,
  usage: Usage,
  context: Context,
): void {
  const byModality = {
    ...attributes,
    [ATTR_GEN_AI_TOKEN_MODALITY]: GEN_AI_TOKEN_MODALITY_VALUE_UNKNOWN,
  };
  const add = (name: Parameters<Instruments['add']>[0], tokens: number | undefined): void => {
    if (tokens !== undefined) instruments.add(name, tokens, byModality, context);
  };
  add(METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_INPUT_TOKENS, usage.inputTokens);
  add(METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS, usage.outputTokens);
  add(METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS, usage.cacheReadTokens);
  add(METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS, usage.cacheWriteTokens);
  add(METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS, usage.reasoningTokens);
  if (usage.inputTokens !== undefined)
    instruments.record(
      METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_INPUT_TOKENS,
      usage.inputTokens,
      attributes,
      context,
    );
  if (usage.outputTokens !== undefined)
    instruments.record(
      METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_OUTPUT_TOKENS,
      usage.outputTokens,
      attributes,
      context,
    );
}
