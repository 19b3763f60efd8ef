import { diag } from '@opentelemetry/api';
import {
  createGenAi,
  type GenAi,
  type GenAiOptions,
  signalSource,
} from '@llm-otel/llm-conventions';
import { streamDeadline } from '@llm-otel/llm-conventions/client';
import { isBedrockClient } from './client-shape.ts';
import { observeClient } from './observe-client.ts';
import type { Observation } from './observed-commands.ts';

export interface BedrockOptions extends GenAiOptions {
  /** Records with this one, made by `createGenAi`; the other options are then its. */
  readonly genAi?: GenAi | undefined;
  /**
   * Ends the span of a stream that is not over by then, with the error `timeout`; the stream itself goes on.
   * @defaultValue none: a stream that nobody reads is ended when it is garbage
   * @throws InvalidOptionError unless a number above 0
   */
  readonly streamTimeoutMillis?: number | undefined;
}

/**
 * Observes the calls of a `BedrockRuntimeClient` or `BedrockRuntime` of `@aws-sdk/client-bedrock-runtime`: one span for
 * each, with tokens, cost, times and errors, however often the client tries again. Returns the client it was given, which
 * behaves as before. A client that is observed already stays as it is. Works without any Node.js module.
 */
export function instrument<C extends object>(client: C, options: BedrockOptions = {}): C {
  const observation = observationOf(options);
  if (isBedrockClient(client)) observeClient(client, () => observation);
  else
    diag.warn(
      'llm-otel: instrument() of instrumentation-bedrock was given something that is no client of the @aws-sdk/client-bedrock-runtime package: its calls are not observed',
    );
  return client;
}

export function observationOf(options: BedrockOptions): Observation {
  return {
    genAi: options.genAi ?? createGenAi(options),
    signals: signalSource('@llm-otel/instrumentation-bedrock', options),
    streamTimeoutMillis: streamDeadline('streamTimeoutMillis', options.streamTimeoutMillis),
  };
}
