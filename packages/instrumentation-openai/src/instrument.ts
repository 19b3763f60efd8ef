import {
  createGenAi,
  type GenAi,
  type GenAiOptions,
  signalSource,
} from '@llm-otel/llm-conventions';
import { instrumentClient, streamDeadline } from '@llm-otel/llm-conventions/client';
import { type Observation, observedMethods } from './observed-methods.ts';
import { serverOf } from './server-of-client.ts';

export interface OpenAiOptions extends GenAiOptions {
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
 * Observes the calls of a client of the `openai` package: one span for each, with tokens, cost, times and errors.
 * Returns the client it was given, which behaves as before. A client that is observed already stays as it is;
 * clients made of it by `withOptions` are observed, too. Works without any Node.js module.
 */
export function instrument<C extends object>(client: C, options: OpenAiOptions = {}): C {
  const observation = observationOf(options);
  return instrumentClient(client, {
    name: 'instrumentation-openai',
    library: 'openai',
    methods: observedMethods,
    observe: (observed, { observe }) =>
      observe(() => ({ ...observation, server: serverOf(observed) })),
  });
}

export function observationOf(options: OpenAiOptions): Observation {
  return {
    genAi: options.genAi ?? createGenAi(options),
    signals: signalSource('@llm-otel/instrumentation-openai', options),
    streamTimeoutMillis: streamDeadline('streamTimeoutMillis', options.streamTimeoutMillis),
  };
}
