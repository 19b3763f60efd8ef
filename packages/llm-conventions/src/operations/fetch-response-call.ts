import { type Attributes, SpanKind } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import {
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_REQUEST_STREAM_CURSOR,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_RESPONSE_ID,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_RESPONSE_STATUS,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
} from '../generated/attributes.ts';
import type { CustomValue } from '../custom-value.ts';
import type { GenAiProviderName, GenAiResponseStatusValue } from '../generated/attribute-types.ts';
import { METRIC_GEN_AI_CLIENT_OPERATION_DURATION } from '../generated/metrics.ts';
import { GEN_AI_OPERATION_NAME_VALUE_FETCH_RESPONSE } from '../generated/values.ts';
import { bareDefinitions } from '../messages/bare-definitions.ts';
import type { ChatMessage, MessagePart, ToolDefinition } from '../messages/message-types.ts';
import type { OnlyAttributesOf, OnlyKeysOf } from '../only-keys-of.ts';
import { Operation } from '../operation.ts';
import type { ProviderSpanType, SpanAttributes } from '../typed-attributes.ts';
import { clientAttributes } from './client-attributes.ts';
import type {
  OpenOperation,
  OperationEnvironment,
  OperationRequest,
  ServiceRequest,
} from './operation-request.ts';

type GeneralSpanType = 'gen_ai.fetch_response.client';
type FetchSpanType<P extends string> =
  | GeneralSpanType
  | Extract<ProviderSpanType<P>, `${string}.fetch_response.client`>;
type SpanType = FetchSpanType<string>;

export interface FetchResponseRequest extends OperationRequest<SpanType>, ServiceRequest {
  readonly provider: GenAiProviderName;
  /** The response that is fetched. */
  readonly responseId: string;
  /** Where a stream is read on from: OpenAI's `starting_after`, Google's `last_event_id`. */
  readonly streamCursor?: string | undefined;
}

/** The fetching of a response of `P`, whose attributes `A` each belong on one. */
export type FetchResponseRequestOf<P extends GenAiProviderName, A> = OnlyAttributesOf<
  FetchResponseRequest & { readonly provider: P },
  A,
  SpanAttributes<FetchSpanType<NoInfer<P>>>
>;

/** The same with attributes of any provider's, for a generic function, in which `P` is open. */
export type GeneralFetchResponseRequestOf<P extends GenAiProviderName, A> = OnlyAttributesOf<
  FetchResponseRequest & { readonly provider: P },
  A,
  SpanAttributes<GeneralSpanType>
>;

/** What came back. Its tokens belong to the call that made the response, and are not counted again. */
export interface FetchedResponse {
  readonly model?: string | undefined;
  readonly status?: GenAiResponseStatusValue | CustomValue | undefined;
  readonly finishReasons?: readonly string[] | undefined;
  /** Recorded only where content is on, as the two that follow. */
  readonly outputMessages?: readonly ChatMessage[] | undefined;
  readonly systemInstructions?: readonly MessagePart[] | undefined;
  readonly toolDefinitions?: readonly ToolDefinition[] | undefined;
}

/** A response that was made in the background is being fetched. */
export interface FetchResponseCall<P extends string = string> extends OpenOperation<
  FetchSpanType<P>
> {
  setAttributes<const A extends object>(
    attributes: OnlyKeysOf<SpanAttributes<GeneralSpanType>, A>,
    extra?: Attributes,
  ): void;
  setAttributes<const A extends object>(
    attributes: OnlyKeysOf<SpanAttributes<FetchSpanType<P>>, A>,
    extra?: Attributes,
  ): void;
  recordResponse(response: FetchedResponse): void;
}

const failures = new FailureLog();

export class SpanFetchResponseCall extends Operation<SpanType> implements FetchResponseCall {
  readonly #durationAttributes: Attributes;

  constructor(request: FetchResponseRequest, environment: OperationEnvironment) {
    const operation = GEN_AI_OPERATION_NAME_VALUE_FETCH_RESPONSE;
    const attributes = clientAttributes(operation, request);
    const durationAttributes = { ...attributes };
    super(
      {
        type:
          request.provider === 'openai'
            ? 'openai.fetch_response.client'
            : 'gen_ai.fetch_response.client',
        name: operation,
        kind: SpanKind.CLIENT,
        attributes,
        request,
        duration: {
          metric: METRIC_GEN_AI_CLIENT_OPERATION_DURATION,
          attributes: durationAttributes,
        },
        recordContent: environment.recordContent,
      },
      environment.signals,
      environment.clock,
    );
    this.#durationAttributes = durationAttributes;
    this.set(ATTR_GEN_AI_RESPONSE_ID, request.responseId);
    this.set(ATTR_GEN_AI_REQUEST_STREAM_CURSOR, request.streamCursor);
  }

  recordResponse(response: FetchedResponse): void {
    failures.guard('recording a response that was fetched', () => {
      const { model, finishReasons, toolDefinitions } = response;
      this.set(ATTR_GEN_AI_RESPONSE_MODEL, model);
      if (model !== undefined) this.#durationAttributes[ATTR_GEN_AI_RESPONSE_MODEL] = model;
      this.set(ATTR_GEN_AI_RESPONSE_STATUS, response.status);
      if (finishReasons !== undefined && finishReasons.length > 0)
        this.set(ATTR_GEN_AI_RESPONSE_FINISH_REASONS, [...finishReasons]);
      this.setContent(ATTR_GEN_AI_OUTPUT_MESSAGES, response.outputMessages);
      this.setContent(ATTR_GEN_AI_SYSTEM_INSTRUCTIONS, response.systemInstructions);
      if (toolDefinitions !== undefined)
        this.setContent(ATTR_GEN_AI_TOOL_DEFINITIONS, bareDefinitions(toolDefinitions));
    });
  }
}
