import {
  createGenAi,
  type GenAi,
  type GenAiOptions,
  signalSource,
} from '@llm-otel/llm-conventions';
import { instrumentClient, readMember, streamDeadline } from '@llm-otel/llm-conventions/client';
import { interactionMethods } from './interactions/interaction-methods.ts';
import { observeLazily } from './interactions/observe-lazily.ts';
import { methodsOf, type Observation } from './observed-methods.ts';

export interface GoogleGenAiOptions extends GenAiOptions {
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
 * Observes the calls of a client of `@google/genai`, of the Gemini API or of Vertex AI: one span for each request to a model,
 * with tokens, cost, times and errors. Chats and calls that run tools by themselves are made of such requests. Returns the
 * client it was given, which behaves as before. A client that is observed already stays as it is. Works without any Node.js
 * module.
 */
export function instrument<C extends object>(client: C, options: GoogleGenAiOptions = {}): C {
  const observation = observationOf(options);
  observeLazily(client, interactionMethods, ({ observe }) => observe(observation));
  return instrumentClient(client, {
    name: 'instrumentation-google-genai',
    library: '@google/genai',
    methods: methodsOf((resource) => readMember(client, resource)),
    observe: (_client, { observe }) => observe(observation),
  });
}

export function observationOf(options: GoogleGenAiOptions): Observation {
  return {
    genAi: options.genAi ?? createGenAi(options),
    signals: signalSource('@llm-otel/instrumentation-google-genai', options),
    streamTimeoutMillis: streamDeadline('streamTimeoutMillis', options.streamTimeoutMillis),
  };
}
