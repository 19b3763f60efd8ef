import type { Attributes, Context, Span } from '@opentelemetry/api';
import type { AttributeTypes, GenAiProviderName } from '../generated/attribute-types.ts';
import type {
  ChatMessage,
  InputContent,
  MessagePart,
  ToolDefinition,
} from '../messages/message-types.ts';
import type { StreamFormat } from '../streams/stream-format.ts';
import type { OnlyAttributesOf, OnlyKeysOf } from '../only-keys-of.ts';
import type {
  GeneralInferenceAttributes,
  InferenceAttributes,
  InferenceShape,
} from '../typed-attributes.ts';
import type { Usage } from '../usage/usage.ts';

/** What is sent to the model. Recorded only where content is switched on. */
export interface InferenceInput extends InputContent {
  /** `gen_ai.input.messages`, in the order sent. */
  readonly inputMessages?: readonly ChatMessage[] | undefined;
  /** `gen_ai.system_instructions`: only where the API takes them apart from the messages. */
  readonly systemInstructions?: readonly MessagePart[] | undefined;
  /** `gen_ai.tool.definitions`: type and name of each tool; the rest with `toolSchemas`. */
  readonly toolDefinitions?: readonly ToolDefinition[] | undefined;
}

/** A call of a model, as the application asks for it. */
export interface InferenceRequest extends InferenceInput {
  /** @defaultValue 'chat' */
  readonly operation?: 'chat' | 'text_completion' | 'generate_content' | undefined;
  /** `gen_ai.provider.name`. The list is open: a name of your own passes, and so does a misspelt one. */
  readonly provider: GenAiProviderName;
  /** `gen_ai.request.model` */
  readonly model?: string | undefined;
  readonly serverAddress?: string | undefined;
  readonly serverPort?: number | undefined;
  /** The model runs in this process: the span is INTERNAL and not CLIENT. @defaultValue false */
  readonly inProcess?: boolean | undefined;
  /** @defaultValue that of the agent run around the call */
  readonly conversationId?: string | undefined;
  /** @defaultValue that of the agent run around the call */
  readonly agentName?: string | undefined;
  readonly stream?: boolean | undefined;
  readonly maxTokens?: number | undefined;
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
  readonly topK?: number | undefined;
  readonly frequencyPenalty?: number | undefined;
  readonly presencePenalty?: number | undefined;
  readonly seed?: number | undefined;
  readonly stopSequences?: readonly string[] | undefined;
  /** Recorded unless 1. */
  readonly choiceCount?: number | undefined;
  readonly reasoningLevel?: string | undefined;
  /** One that the conventions do not list is marked with `customValue`. */
  readonly outputType?: AttributeTypes['gen_ai.output.type'] | undefined;
  readonly previousResponseId?: string | undefined;
  readonly promptName?: string | undefined;
  readonly promptVersion?: string | undefined;
  /** Further attributes of the conventions, checked by the compiler. */
  readonly attributes?: InferenceAttributes | undefined;
  /** Attributes the conventions do not know. */
  readonly extra?: Attributes | undefined;
  /** Parent of the span. @defaultValue the active context */
  readonly parent?: Context | undefined;
  /**
   * A span that the client library has started for this call: it is recorded on and ended, under the name of the
   * conventions, and no other one is started.
   * @defaultValue a span of its own
   */
  readonly span?: Span | undefined;
}

/** A call of a model of `P`, whose attributes `A` each belong on one. */
export type InferenceRequestOf<P extends GenAiProviderName, A> = OnlyAttributesOf<
  InferenceRequest & { readonly provider: P },
  A,
  InferenceShape<NoInfer<P>, A>
>;

/** The same with attributes of any provider's call: all that the compiler can check as long as `P` is open, in a generic function. */
export type GeneralInferenceRequestOf<P extends GenAiProviderName, A> = OnlyAttributesOf<
  InferenceRequest & { readonly provider: P },
  A,
  GeneralInferenceAttributes
>;

/** What one of several answers used, each of which has its own price. */
export type AnswerUsage = Pick<InferenceResponse, 'id' | 'model' | 'serviceTier' | 'usage'>;

/** What came back. May be given in parts: later parts are laid over earlier ones. */
export interface InferenceResponse {
  readonly id?: string | undefined;
  readonly model?: string | undefined;
  /** One per choice, in order. */
  readonly finishReasons?: readonly string[] | undefined;
  readonly usage?: Usage | undefined;
  /**
   * Of a stream with several answers, as where a generator asks again: all of them, of which `id`, `model` and `serviceTier` are
   * those of the last, where nothing else is said, and `usage` is the sum. @defaultValue one
   */
  readonly answers?: readonly AnswerUsage[] | undefined;
  /**
   * The tier the call was served in, as the provider names it: `batch`, `flex`, `priority`. It decides the price. Of OpenAI
   * it is `openai.response.service_tier` too. Clients have `null` where none is told.
   */
  readonly serviceTier?: string | null | undefined;
  /** Further attributes of the conventions that came with the answer. */
  readonly attributes?: InferenceAttributes | undefined;
  /** `gen_ai.output.messages`, one per choice. Recorded only where content is switched on. */
  readonly outputMessages?: readonly ChatMessage[] | undefined;
}

/** A web stream, whichever library declares its type. */
export interface ReadableStreamLike<T> {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: T | undefined }>;
    cancel(reason?: unknown): Promise<void>;
  };
}

/** An event emitter: a stream of Node.js, or what a client's helper such as `client.messages.stream()` answers with. */
export interface EmitterLike {
  on(event: never, listener: never): unknown;
}

// The type of the chunks is not known here, and unknown would refuse streams of a narrower one.
// oxlint-disable-next-line typescript/no-explicit-any
export type StreamSource = AsyncIterable<any> | ReadableStreamLike<any> | EmitterLike;

/** The type of a stream's chunks. */
export type ChunkOf<S> =
  S extends AsyncIterable<infer T>
    ? T
    : S extends ReadableStreamLike<infer T>
      ? T
      : S extends EmitterLike
        ? unknown
        : never;

export interface StreamOptions {
  /**
   * Ends the span with the error `timeout` when the stream is not over by then. The stream itself goes on. Milliseconds, above
   * 0; anything else is told through `diag` and is no deadline. @defaultValue none
   */
  readonly timeoutMillis?: number | undefined;
  /** Ends the span with an error when it aborts. Clients often end an aborted stream as if it were complete. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The stream is one answer, as what a client streams for one request is: its format then looks for no other one behind
   * it. @defaultValue false
   */
  readonly isOneAnswer?: boolean | undefined;
}

/** A call of a model of `P` that has started. It ends once; whatever comes after the end is ignored. */
export interface InferenceCall<P extends string = string> {
  readonly span: Span;
  /** The context with the span in it: the parent of what happens inside the call. */
  readonly context: Context;
  /** Whether messages go anywhere. Where they do not, there is no need to convert any. */
  readonly recordsContent: boolean;
  /** Records what is sent, where it was not known at the start. */
  recordInput(input: InferenceInput): void;
  recordResponse(response: InferenceResponse): void;
  /**
   * `extra` takes attributes that the conventions do not know. The first form is for a generic function, in which `P` is
   * open: attributes of one provider need the second.
   */
  setAttributes<const A extends object>(
    attributes: OnlyKeysOf<GeneralInferenceAttributes, A>,
    extra?: Attributes,
  ): void;
  setAttributes<const A extends object>(
    attributes: OnlyKeysOf<InferenceShape<P, A>, A>,
    extra?: Attributes,
  ): void;
  /**
   * Watches a stream of chunks and ends the call when the stream ends: complete, left early, failed, aborted,
   * or dropped without being read. Returns a stream of the same kind; read that one instead of `source`. An event
   * emitter is observed in place, whichever way it is read.
   * `onChunk` sees each chunk, to record usage or text; an error in it is logged and goes no further. In its
   * place stands the format of an API, such as `openAiChatStream`: it reads model, usage, finish reasons and
   * messages off the chunks, and fails the call when a chunk reports an error.
   */
  stream<S extends StreamSource>(
    source: S,
    onChunk?: StreamFormat | ((chunk: ChunkOf<S>) => void),
    options?: StreamOptions,
  ): S;
  /** Ends the call: the application has left the stream before its end, as with `break`, which is no error. A watched stream tells that by itself. */
  cancelled(): void;
  /** Ends the call as of its last chunk: nobody goes on reading its stream. A watched stream that is garbage tells that by itself. */
  dropped(): void;
  /** Ends the call with an error. Only for the final one: an attempt that was retried is not an error. */
  fail(error: unknown): void;
  /** Ends the call. The end of a watched stream does that by itself; before it the outcome of the stream is `cancelled`. */
  end(): void;
}
