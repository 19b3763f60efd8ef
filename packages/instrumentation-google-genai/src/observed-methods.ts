import {
  type GenAi,
  geminiStream,
  type InferenceRequest,
  type SignalSource,
} from '@llm-otel/llm-conventions';
import {
  type AnswerReader,
  type CallObserver,
  type ModelServer,
  observeCall,
  readMember,
  startInferenceCall,
  type StartedCall,
  startPlainCall,
} from '@llm-otel/llm-conventions/client';
import { isOfContinuation, openContinuation } from './continuation.ts';
import { startEmbeddings } from './embeddings.ts';
import { generateContentRequest } from './generate-content-request.ts';
import { generateContentResponse } from './generate-content-response.ts';
import { abortSignalOf, type GoogleResource, serverOf } from './google-client.ts';
import { imageRequest } from './image-request.ts';
import { observeAttempts } from './observe-attempts.ts';
import { plainMethods } from './plain-methods.ts';

/** With what calls are observed. */
export interface Observation {
  readonly genAi: GenAi;
  readonly signals: SignalSource;
  readonly streamTimeoutMillis: number | undefined;
}

/** A method of the client that is observed. */
export interface ObservedMethod {
  /** Where it is on the client: the resource, then the method. */
  readonly path: readonly [resource: string, method: string];
  /** Not observed where the resource has this one, which it calls. */
  readonly unless?: string | undefined;
  readonly observe: (observation: Observation) => CallObserver;
}

type Start = (
  observation: Observation,
  params: unknown,
  server: ModelServer,
) => StartedCall | undefined;

function observed(resource: string, method: string, start: Start, unless?: string): ObservedMethod {
  return {
    path: [resource, method],
    unless,
    observe: (observation) => (run, self, args) => {
      const owner = self as GoogleResource;
      observeAttempts(owner);
      return observeCall(run, () => start(observation, args[0], serverOf(owner, args[0])));
    },
  };
}

export type RequestReader = (
  params: unknown,
  server: ModelServer,
  recordsContent: boolean,
) => InferenceRequest;

/** Starts a model call that answers as `reader` reads it. */
function inference(request: RequestReader, reader: AnswerReader): Start {
  return ({ genAi, streamTimeoutMillis }, params, server) =>
    startInferenceCall(genAi, request(params, server, genAi.content !== 'none'), reader, {
      timeoutMillis: streamTimeoutMillis,
      signal: abortSignalOf(params),
    });
}

/**
 * What asks for content. `generateContent` runs tools by itself, `generateContentWithContinuation` goes on where a server
 * has stopped, and `generateContentInternal` sends a request: a call of a model is what the second does, where a release has
 * it, else the third. A release or a stand-in in a test may have the first alone.
 */
function content(name: 'generateContent' | 'generateContentStream'): ObservedMethod[] {
  const stream = name === 'generateContentStream';
  const start = inference(
    (params, server, recordsContent) =>
      generateContentRequest(params, server, recordsContent, stream),
    { response: generateContentResponse, stream: () => geminiStream },
  );
  const request = observed('models', `${name}Internal`, start);
  const whole = observed('models', `${name}WithContinuation`, start);
  return [
    {
      ...request,
      observe(observation) {
        const observe = request.observe(observation);
        return (run, self, args) =>
          isOfContinuation(self, args[0]) ? run() : observe(run, self, args);
      },
    },
    {
      ...whole,
      observe(observation) {
        const observe = whole.observe(observation);
        return (run, self, args) => observe(() => openContinuation(run), self, args);
      },
    },
    observed('models', name, start, `${name}Internal`),
  ];
}

const image = inference(imageRequest, { response: () => ({}) });
const embeddings: Start = ({ genAi }, params, server) => startEmbeddings(genAi, params, server);

const observedMethods: readonly ObservedMethod[] = [
  ...content('generateContent'),
  ...content('generateContentStream'),
  observed('models', 'embedContentInternal', embeddings),
  observed('models', 'embedContent', embeddings, 'embedContentInternal'),
  ...[
    'generateImagesInternal',
    'editImageInternal',
    'upscaleImageInternal',
    'recontextImage',
    'segmentImage',
  ].map((name) => observed('models', name, image)),
  ...plainMethods.map(({ path: [resource, method], unless, spanName: name, request, answered }) =>
    observed(
      resource,
      method,
      ({ signals }, params, server) =>
        startPlainCall(signals, { name, server, attributes: request(params), answered }),
      unless,
    ),
  ),
];

/** Those of a release: `resourceOf` gives its resources, or their prototypes. */
export function methodsOf(resourceOf: (name: string) => unknown): readonly ObservedMethod[] {
  return observedMethods.filter(
    ({ path: [resource], unless }) =>
      unless === undefined || typeof readMember(resourceOf(resource), unless) !== 'function',
  );
}
