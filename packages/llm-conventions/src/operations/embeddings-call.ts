import { type Attributes, context, SpanKind } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import { agentScopeOf } from '../agent-scope.ts';
import {
  ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT,
  ATTR_GEN_AI_REQUEST_ENCODING_FORMATS,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from '../generated/attributes.ts';
import type { GenAiProviderName } from '../generated/attribute-types.ts';
import {
  METRIC_GEN_AI_CLIENT_OPERATION_DURATION,
  METRIC_LLM_OTEL_CLIENT_INFERENCE_COST,
} from '../generated/metrics.ts';
import { GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS } from '../generated/values.ts';
import { costOfCall, recordCost } from '../inference/record-cost.ts';
import { Operation } from '../operation.ts';
import { readMember, readString } from '../read-member.ts';
import { noteOwnCall } from '../usage/own-calls.ts';
import { repeatedNames } from '../usage/repeated-names.ts';
import { CallPlace } from '../inference/call-place.ts';
import { setIfKnown } from '../set-if-known.ts';
import { mergeUsage, tokenCount, type Usage } from '../usage/usage.ts';
import { notRecorded, usageOfCall } from '../inference/usage-of-call.ts';
import { clientAttributes, nameOf } from './client-attributes.ts';
import type {
  OpenOperation,
  OperationEnvironment,
  OperationRequest,
  ServiceRequest,
} from './operation-request.ts';

type SpanType = 'gen_ai.embeddings.client';

export interface EmbeddingsRequest extends OperationRequest<SpanType>, ServiceRequest {
  readonly provider: GenAiProviderName;
  readonly model?: string | undefined;
  readonly encodingFormats?: readonly string[] | undefined;
  readonly dimensions?: number | undefined;
}

export interface EmbeddingsResponse {
  readonly model?: string | undefined;
  /** As other calls take it, such as `usageFromOpenAi(response.usage)`. Embeddings have input alone. */
  readonly usage?: Pick<Usage, 'inputTokens'> | undefined;
  /** The same, as a number. @defaultValue that of `usage` */
  readonly inputTokens?: number | undefined;
  readonly dimensions?: number | undefined;
  /** The tier the call was served in, as the provider names it, such as `batch`. It decides the price. Clients have `null` where none is told. */
  readonly serviceTier?: string | null | undefined;
}

/** An embeddings request that has started. It ends once. */
export interface EmbeddingsCall extends OpenOperation<SpanType> {
  recordResponse(response: EmbeddingsResponse): void;
}

const failures = new FailureLog();

export class SpanEmbeddingsCall extends Operation<SpanType> implements EmbeddingsCall {
  readonly #durationAttributes: Attributes;
  readonly #request: EmbeddingsRequest;
  readonly #environment: OperationEnvironment;
  readonly #place: CallPlace;
  #responseModel: string | undefined;
  #usage: Usage | undefined;
  #tier: string | undefined;

  constructor(request: EmbeddingsRequest, environment: OperationEnvironment) {
    const { signals, clock } = environment;
    const operation = GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS;
    // The attributes of the start are those that the duration has too. The response's model is not known yet.
    const attributes = clientAttributes(operation, request);
    const durationAttributes = { ...attributes };
    const scope = agentScopeOf(request.parent ?? context.active());
    const place = new CallPlace({ model: request.model, isEmbeddings: true }, scope);
    super(
      {
        type: 'gen_ai.embeddings.client',
        name: nameOf(operation, request.model),
        kind: SpanKind.CLIENT,
        attributes,
        request,
        scope: place.around,
        duration: {
          metric: METRIC_GEN_AI_CLIENT_OPERATION_DURATION,
          attributes: durationAttributes,
        },
      },
      signals,
      clock,
    );
    this.#durationAttributes = durationAttributes;
    this.#request = request;
    this.#environment = environment;
    this.#place = place;
    noteOwnCall(this.span);
    scope?.callOpened?.();
    this.set(ATTR_GEN_AI_REQUEST_ENCODING_FORMATS, request.encodingFormats);
    this.set(ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT, request.dimensions);
  }

  recordResponse(response: EmbeddingsResponse): void {
    failures.guard('recording the response of an embeddings call', () => {
      const { model, dimensions } = response;
      const inputTokens = response.inputTokens ?? readMember(response.usage, 'inputTokens');
      this.set(ATTR_GEN_AI_RESPONSE_MODEL, model);
      const tokens = tokenCount(inputTokens);
      this.set(ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT, dimensions);
      if (tokens !== undefined) this.#usage = { inputTokens: tokens };
      this.#tier = readString(response, 'serviceTier') ?? this.#tier;
      if (model === undefined) return;
      this.#responseModel = model;
      this.#place.answeredAs(undefined, model);
      this.#durationAttributes[ATTR_GEN_AI_RESPONSE_MODEL] = model;
    });
  }

  protected override finish(errorType: string | undefined): void {
    if (!this.ended) {
      failures.guard('reckoning the cost of embeddings', () => this.#recordUsage(errorType));
      this.#place.close(this.#usage);
    }
    super.finish(errorType);
  }

  #recordUsage(errorType: string | undefined): void {
    const { prices, clock, signals } = this.#environment;
    const { provider, model = '' } = this.#request;
    const place = this.#place;
    // They have no output.
    const reported = this.#usage && { outputTokens: 0, ...this.#usage };
    const seen = place.seen(reported);
    const server = this.#request.serverAddress === undefined ? seen?.server : undefined;
    setIfKnown(this.span, ATTR_SERVER_ADDRESS, server?.serverAddress);
    setIfKnown(this.span, ATTR_SERVER_PORT, server?.serverPort);
    const { serverAddress } = server ?? this.#request;
    const more = notRecorded(reported, seen);
    const own = more === undefined ? reported : mergeUsage(more, reported ?? {});
    const used = usageOfCall(own, seen);
    const { usage, rest, elsewhere } = used;
    this.#usage = used.answer;
    const isRefused = errorType !== undefined;
    // Under a name of its own where the same call has told it elsewhere.
    if (elsewhere !== undefined) {
      const repeated = repeatedNames(this.span, { isAll: rest === undefined });
      setIfKnown(repeated, ATTR_GEN_AI_USAGE_INPUT_TOKENS, usage?.inputTokens);
    }
    if (rest === undefined) {
      place.tell(used, { cost: undefined, isRefused });
      return;
    }
    const { inputTokens } = rest;
    setIfKnown(this.span, ATTR_GEN_AI_USAGE_INPUT_TOKENS, inputTokens);
    const at = clock.epochMillis();
    const question = {
      provider,
      model,
      usage: { inputTokens },
      tier: this.#tier,
      at,
      serverAddress,
    };
    const cost = costOfCall(question, this.#responseModel, prices);
    recordCost(this.span, this.span, this.#tier, cost);
    place.tell(used, { cost, isRefused });
    if (cost === undefined) return;
    signals.instruments?.add(
      METRIC_LLM_OTEL_CLIENT_INFERENCE_COST,
      cost.exactMicroUsd,
      this.#durationAttributes,
      this.context,
    );
  }
}
