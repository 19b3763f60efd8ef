import {
  createGenAi,
  type GenAi,
  type GenAiOptions,
  signalSource,
} from '@llm-otel/llm-conventions';
import { instrumentClient, streamDeadline } from '@llm-otel/llm-conventions/client';
import { observedMethods, type Observation } from './observed-methods.ts';

export interface AnthropicOptions extends GenAiOptions {
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
 * Observes the calls of a client of `@anthropic-ai/sdk`, `@anthropic-ai/bedrock-sdk` or `@anthropic-ai/vertex-sdk`: one
 * span for each, with tokens, cost, times and errors. Where the client makes a span itself, that one is completed. Returns
 * the client it was given, which behaves as before. A client that is observed already stays as it is; clients made of
 * it by `withOptions` are observed, too. Works without any Node.js module.
 */
export function instrument<C extends object>(client: C, options: AnthropicOptions = {}): C {
  const observation = observationOf(options);
  return instrumentClient(client, {
    name: 'instrumentation-anthropic',
    library: '@anthropic-ai/sdk',
    methods: observedMethods,
    observe: (observed, method) => method.observe(observed, observation),
  });
}

export function observationOf(options: AnthropicOptions): Observation {
  return {
    genAi: options.genAi ?? createGenAi(options),
    signals: signalSource('@llm-otel/instrumentation-anthropic', options),
    streamTimeoutMillis: streamDeadline('streamTimeoutMillis', options.streamTimeoutMillis),
  };
}
