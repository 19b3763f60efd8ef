import {
  type GenAi,
  openAiChatStream,
  openAiResponsesStream,
  type InferenceRequest,
  type SignalSource,
  type StreamFormat,
  usageFromOpenAi,
} from '@llm-otel/llm-conventions';
import {
  type ModelServer,
  type AnswerReader,
  type CallObserver,
  observeCall,
  observeStreamHelper,
  readMember,
  readNumber,
  readString,
  type StartedCall,
  startInferenceCall,
  startPlainCall,
} from '@llm-otel/llm-conventions/client';
import { chatRequest } from './chat-request.ts';
import { completionsRequest } from './completions-request.ts';
import { decisionRequest, decisionResponse } from './decision.ts';
import { mediaRequest } from './media-request.ts';
import { startFetchResponse } from './fetched-response.ts';
import {
  chatResponse,
  completionResponse,
  mediaResponse,
  responsesResponse,
} from './response-facts.ts';
import { plainMethods } from './plain-methods.ts';
import { startSearch } from './search.ts';
import { responsesRequest } from './responses-request.ts';

/** With what calls are observed. */
export interface Observation {
  readonly genAi: GenAi;
  readonly signals: SignalSource;
  readonly streamTimeoutMillis: number | undefined;
}

export interface StartOptions extends Observation {
  readonly server: ModelServer;
}

/** A method of the client that is observed. */
export interface ObservedMethod {
  /** Where it is on the client: the resource's members, then the method. */
  readonly path: readonly string[];
  /** Observes a call of it; `options` tells with what, and may throw. */
  readonly observe: (options: () => StartOptions) => CallObserver;
}

type Start = (args: readonly unknown[], options: StartOptions) => StartedCall | undefined;

function observed(path: string, start: Start): ObservedMethod {
  return {
    path: path.split('.'),
    observe: (options) => (run, _resource, args) => observeCall(run, () => start(args, options())),
  };
}

/** Calls one of the others, and answers with what reads it. */
function helper(path: string): ObservedMethod {
  return { path: path.split('.'), observe: () => observeStreamHelper };
}

type RequestReader = (
  body: unknown,
  server: ModelServer,
  recordsContent: boolean,
) => InferenceRequest;

function inference(path: string, request: RequestReader, reader: AnswerReader): ObservedMethod {
  return observed(path, ([body, requestOptions], { genAi, server, streamTimeoutMillis }) =>
    startInferenceCall(genAi, request(body, server, genAi.content !== 'none'), reader, {
      timeoutMillis: streamTimeoutMillis,
      requestOptions,
    }),
  );
}

function answer(response: AnswerReader['response'], stream: StreamFormat): AnswerReader {
  return { response, stream: () => stream };
}

const chat = answer(chatResponse, openAiChatStream);
const responses = answer(responsesResponse, openAiResponsesStream);
const media = answer(mediaResponse, openAiResponsesStream);

/** The methods that call a model, search, or have a plain span. What else the client does is seen as HTTP requests. */
export const observedMethods: readonly ObservedMethod[] = [
  inference('chat.completions.create', chatRequest, chat),
  inference('responses.create', responsesRequest, responses),
  inference('responses.compact', responsesRequest, { response: responsesResponse }),
  inference('beta.responses.create', responsesRequest, responses),
  inference('beta.responses.compact', responsesRequest, { response: responsesResponse }),
  inference('completions.create', completionsRequest, answer(completionResponse, openAiChatStream)),
  inference('images.generate', mediaRequest('image'), media),
  inference('images.edit', mediaRequest('image'), media),
  inference('images.createVariation', mediaRequest('image'), media),
  inference('audio.speech.create', mediaRequest('speech'), media),
  inference('audio.transcriptions.create', mediaRequest('text'), media),
  inference('audio.translations.create', mediaRequest('text'), media),
  inference('decisions.create', decisionRequest, { response: decisionResponse }),
  observed('embeddings.create', startEmbeddings),
  ...['responses.retrieve', 'beta.responses.retrieve'].map((path) =>
    observed(path, (args, { genAi, server }) => startFetchResponse(genAi, server, args)),
  ),
  observed('vectorStores.search', (args, { genAi, server }) => startSearch(genAi, server, args)),
  helper('chat.completions.stream'),
  helper('chat.completions.runTools'),
  helper('responses.stream'),
  ...plainMethods.map(({ path, spanName: name, request, answered }) =>
    observed(path, (args, { signals, server }) =>
      startPlainCall(signals, { name, server, attributes: request(args), answered }),
    ),
  ),
];

function startEmbeddings(
  [request]: readonly unknown[],
  { genAi, server }: StartOptions,
): StartedCall {
  const format = readString(request, 'encoding_format');
  const call = genAi.startEmbeddings({
    ...server,
    model: readString(request, 'model'),
    encodingFormats: format === undefined ? undefined : [format],
    dimensions: readNumber(request, 'dimensions'),
  });
  return {
    span: call.span,
    context: call.context,
    parsed(body) {
      call.recordResponse({
        model: readString(body, 'model'),
        inputTokens: usageFromOpenAi(readMember(body, 'usage'))?.inputTokens,
      });
      call.end();
    },
    end: () => call.end(),
    fail: (error) => call.fail(error),
  };
}
