import { type Attributes, type Context, context } from '@opentelemetry/api';
import { ATTR_GEN_AI_RESPONSE_MODEL } from '../generated/attributes.ts';
import type { GenAiOperationName, GenAiProviderName } from '../generated/attribute-types.ts';
import {
  METRIC_GEN_AI_SERVER_REQUEST_DURATION,
  METRIC_GEN_AI_SERVER_TIME_PER_OUTPUT_TOKEN,
  METRIC_GEN_AI_SERVER_TIME_TO_FIRST_TOKEN,
} from '../generated/metrics.ts';
import type { Ending } from '../run-inside.ts';
import { clientAttributes } from './client-attributes.ts';
import { MeasuredTime } from './measured-time.ts';
import type { OperationEnvironment, ServiceRequest } from './operation-request.ts';

export interface ModelServerRequest extends ServiceRequest {
  readonly operation: GenAiOperationName;
  readonly provider: GenAiProviderName;
  readonly model?: string | undefined;
  /** @defaultValue the active context */
  readonly parent?: Context | undefined;
}

/** A request that a model server answers: for those who serve a model, not for those who call one. Metrics only. */
export interface ModelServerCall extends Ending {
  /** The first token is ready. */
  firstToken(): void;
  /** What was generated, before the end. From it and the first token comes the time per token. */
  recordResponse(response: {
    readonly model?: string | undefined;
    /** Counted by the server itself; chunks are not tokens. */
    readonly outputTokens?: number | undefined;
  }): void;
}

export class MeasuredServerRequest extends MeasuredTime implements ModelServerCall {
  #secondsToFirstToken: number | undefined;
  #outputTokens: number | undefined;

  constructor(request: ModelServerRequest, environment: OperationEnvironment) {
    const attributes: Attributes = clientAttributes(request.operation, request);
    const parent = request.parent ?? context.active();
    super(METRIC_GEN_AI_SERVER_REQUEST_DURATION, attributes, parent, environment);
  }

  firstToken(): void {
    if (!this.ended) this.#secondsToFirstToken ??= this.seconds;
  }

  recordResponse({ model, outputTokens }: Parameters<ModelServerCall['recordResponse']>[0]): void {
    if (model !== undefined) this.attributes[ATTR_GEN_AI_RESPONSE_MODEL] = model;
    this.#outputTokens = outputTokens ?? this.#outputTokens;
  }

  override end(): void {
    if (!this.ended) this.#recordTokens();
    super.end();
  }

  /** For requests that succeeded. A time per token needs a second token. */
  #recordTokens(): void {
    const first = this.#secondsToFirstToken;
    const tokens = this.#outputTokens ?? 0;
    if (first === undefined) return;
    this.record(METRIC_GEN_AI_SERVER_TIME_TO_FIRST_TOKEN, first, this.attributes);
    if (Number.isSafeInteger(tokens) && tokens > 1)
      this.record(
        METRIC_GEN_AI_SERVER_TIME_PER_OUTPUT_TOKEN,
        (this.seconds - first) / (tokens - 1),
        this.attributes,
      );
  }
}
