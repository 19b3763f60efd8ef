import type { Span } from '@opentelemetry/api';
import type { GenAi, InferenceRequest, SignalSource } from '@llm-otel/llm-conventions';
import {
  type ModelServer,
  type AnswerReader,
  type CallObserver,
  observeCall,
  observeStreamHelper,
  type StartedCall,
  startInferenceCall,
  startPlainCall,
} from '@llm-otel/llm-conventions/client';
import { completionResponse, completionsRequest, completionStream } from './completions.ts';
import { followTaken } from './follow-taken.ts';
import { messagesRequest } from './messages-request.ts';
import { messageAttributes, messageResponse } from './messages-response.ts';
import { messagesStream } from './messages-stream.ts';
import { prepareNativeTracer } from './native-tracer.ts';
import { observeNativeCall } from './observe-native-call.ts';
import { plainMethods } from './plain-methods.ts';
import { serverOf } from './server-of-client.ts';

/** With what, and whose, calls are observed. */
export interface Observation {
  readonly genAi: GenAi;
  readonly signals: SignalSource;
  readonly streamTimeoutMillis: number | undefined;
}

/** A method of the client that is observed. */
export interface ObservedMethod {
  /** Where it is on the client: the resource's members, then the method. */
  readonly path: readonly string[];
  /** Observes a call of it by `client`. */
  readonly observe: (client: unknown, observation: Observation) => CallObserver;
}

type RequestReader = (
  body: unknown,
  server: ModelServer,
  recordsContent: boolean,
) => InferenceRequest;

function inference(path: string, request: RequestReader, reader: AnswerReader): ObservedMethod {
  return {
    path: path.split('.'),
    observe:
      (client, { genAi, streamTimeoutMillis }) =>
      (run, _resource, args) => {
        const start = (span?: Span): StartedCall => {
          const asked = request(args[0], serverOf(client), genAi.content !== 'none');
          return startInferenceCall(genAi, { ...asked, span }, reader, {
            timeoutMillis: streamTimeoutMillis,
            requestOptions: args[1],
          });
        };
        return prepareNativeTracer(client)
          ? observeNativeCall(run, args, start)
          : observeCall(run, () => followTaken(start()));
      },
  };
}

/** Calls one of the others. It may start their span before, so that the tracer must be prepared. */
function helper(path: string): ObservedMethod {
  return {
    path: path.split('.'),
    observe: (client) => (run, resource, args) => {
      prepareNativeTracer(client);
      return observeStreamHelper(run, resource, args);
    },
  };
}

const message: AnswerReader = {
  response: messageResponse,
  extra: messageAttributes,
  stream: messagesStream,
};

/** The methods that call a model, and those that have a span where the client makes none itself. */
export const observedMethods: readonly ObservedMethod[] = [
  inference('messages.create', messagesRequest, message),
  inference('beta.messages.create', messagesRequest, message),
  inference('completions.create', completionsRequest, {
    response: completionResponse,
    stream: () => completionStream,
  }),
  helper('messages.stream'),
  helper('beta.messages.stream'),
  helper('beta.messages.toolRunner'),
  ...plainMethods.map(({ path, spanName: name, request, answered }): ObservedMethod => ({
    path,
    observe:
      (client, { signals }) =>
      (run, _resource, args) =>
        prepareNativeTracer(client)
          ? run()
          : observeCall(run, () => {
              const attributes = request(args[0]);
              return startPlainCall(signals, {
                name,
                server: serverOf(client),
                attributes,
                answered,
              });
            }),
  })),
];
