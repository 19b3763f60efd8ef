import { geminiInteractionsStream } from '@llm-otel/llm-conventions';
import {
  type AnswerReader,
  type ModelServer,
  observeCall,
  readMember,
  type StartedCall,
  startInferenceCall,
  startPlainCall,
} from '@llm-otel/llm-conventions/client';
import { abortSignalIn, serverOf } from '../google-client.ts';
import type { Observation, ObservedMethod, RequestReader } from '../observed-methods.ts';
import { objectOf } from '../plain-methods.ts';
import { decisionRequest, decisionResponse } from './decision.ts';
import { startFetchInteraction } from './fetched-interaction.ts';
import { observeInteractionAttempts } from './interaction-attempts.ts';
import { interactionRequest } from './interaction-request.ts';
import { interactionResponse } from './interaction-response.ts';

type Start = (
  observation: Observation,
  server: ModelServer,
  args: readonly unknown[],
) => StartedCall | undefined;

function observed(resource: string, method: string, start: Start): ObservedMethod {
  return {
    path: [resource, method],
    observe: (observation) => (run, self, args) => {
      observeInteractionAttempts(self);
      return observeCall(run, () => start(observation, serverOfResource(self, args.at(-1)), args));
    },
  };
}

/** These resources hold what sends their requests under other names than the rest of the client. */
function serverOfResource(resource: unknown, options: unknown): ModelServer {
  const apiClient =
    readMember(resource, 'parentClient') ??
    readMember(readMember(resource, '_client'), 'clientAdapter');
  const baseUrl = readMember(options, 'server_url') ?? readMember(options, 'defaultBaseURL');
  return serverOf({ apiClient: Object(apiClient) }, { config: { httpOptions: { baseUrl } } });
}

function inference(request: RequestReader, reader: AnswerReader): Start {
  return ({ genAi, streamTimeoutMillis }, server, [params, options]) =>
    startInferenceCall(genAi, request(params, server, genAi.content !== 'none'), reader, {
      timeoutMillis: streamTimeoutMillis,
      signal: abortSignalIn(options, 'signal'),
    });
}

/** Takes the id of an interaction. */
function plain(name: string): Start {
  return ({ signals }, server, [id]) =>
    startPlainCall(signals, { name, server, attributes: objectOf({ name: id }) });
}

/**
 * The methods of resources that a client makes when they are first asked for. They are observed then: to ask for one earlier would make
 * it, and some releases print a warning.
 */
export const interactionMethods: readonly ObservedMethod[] = [
  observed(
    'interactions',
    'create',
    inference(interactionRequest, {
      response: interactionResponse,
      stream: () => geminiInteractionsStream,
    }),
  ),
  observed('interactions', 'get', ({ genAi }, server, args) =>
    startFetchInteraction(genAi, server, args),
  ),
  observed('interactions', 'cancel', plain('google_genai.interactions.cancel')),
  observed('interactions', 'delete', plain('google_genai.interactions.delete')),
  observed('decisions', 'create', inference(decisionRequest, { response: decisionResponse })),
];
