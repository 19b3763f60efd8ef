import { type Attributes, type Context, type Span, SpanKind } from '@opentelemetry/api';
import { type Clock, FailureLog } from '@llm-otel/core';
import {
  ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT,
  ATTR_GEN_AI_REQUEST_ENCODING_FORMATS,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
} from './generated/attributes.ts';
import type { GenAiProviderName } from './generated/attribute-types.ts';
import { METRIC_GEN_AI_CLIENT_OPERATION_DURATION } from './generated/metrics.ts';
import { GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS } from './generated/values.ts';
import { clientMetricAttributes } from './inference/inference-metrics.ts';
import { Operation } from './operation.ts';
import type { Ending } from './run-inside.ts';
import type { Signals } from './signals.ts';
import { tokenCount } from './usage/usage.ts';

export interface EmbeddingsRequest {
  readonly provider: GenAiProviderName;
  readonly model?: string | undefined;
  readonly serverAddress?: string | undefined;
  readonly serverPort?: number | undefined;
  readonly encodingFormats?: readonly string[] | undefined;
  readonly dimensions?: number | undefined;
  /** @defaultValue the active context */
  readonly parent?: Context | undefined;
}

export interface EmbeddingsResponse {
  readonly model?: string | undefined;
  readonly inputTokens?: number | undefined;
  readonly dimensions?: number | undefined;
}

/** An embeddings request that has started. It ends once. */
export interface EmbeddingsCall extends Ending {
  readonly span: Span;
  recordResponse(response: EmbeddingsResponse): void;
}

const failures = new FailureLog();

export function startEmbeddingsCall(
  request: EmbeddingsRequest,
  signals: Signals,
  clock: Clock,
): EmbeddingsCall {
  // The attributes of the start are those that the duration has too. The response's model is not known yet.
  const attributes: Attributes = clientMetricAttributes(
    GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS,
    request,
    undefined,
  );
  const durationAttributes: Attributes = { ...attributes };
  const name = request.model === undefined ? '' : ` ${request.model}`;
  const operation = new Operation(
    {
      name: `${GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS}${name}`,
      kind: SpanKind.CLIENT,
      attributes,
      parent: request.parent,
      duration: {
        metric: METRIC_GEN_AI_CLIENT_OPERATION_DURATION,
        attributes: durationAttributes,
      },
    },
    signals,
    clock,
  );
  operation.set(ATTR_GEN_AI_REQUEST_ENCODING_FORMATS, request.encodingFormats);
  operation.set(ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT, request.dimensions);
  return {
    span: operation.span,
    context: operation.context,
    recordResponse(response) {
      failures.guard('recording the response of an embeddings call', () => {
        const { model, inputTokens, dimensions } = response;
        operation.set(ATTR_GEN_AI_RESPONSE_MODEL, model);
        operation.set(ATTR_GEN_AI_USAGE_INPUT_TOKENS, tokenCount(inputTokens));
        operation.set(ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT, dimensions);
        if (model !== undefined) durationAttributes[ATTR_GEN_AI_RESPONSE_MODEL] = model;
      });
    },
    end: () => operation.end(),
    fail: (error) => operation.fail(error),
  };
}
