import type { ModelRequest } from './model-request.ts';

/** Token counts as the emulator is told them; each API reports them in its own way. */
export interface ModelUsage {
  /** All input tokens, the cached ones included. Anthropic's API reports them without those. */
  readonly inputTokens?: number | undefined;
  /** All output tokens, reasoning included. */
  readonly outputTokens?: number | undefined;
  readonly cacheReadTokens?: number | undefined;
  readonly cacheWriteTokens?: number | undefined;
  /** Part of `cacheWriteTokens`: kept for an hour. Only Anthropic's API tells it. */
  readonly cacheWriteOneHourTokens?: number | undefined;
  readonly reasoningTokens?: number | undefined;
}

export interface ModelToolCall {
  readonly name: string;
  /** A value, or the JSON text itself, which may then be broken on purpose. */
  readonly arguments?: unknown;
  /** @defaultValue counted up, in the form of the API */
  readonly id?: string | undefined;
}

/** An error in the shape of the API that was called. */
export interface ModelError {
  /** HTTP status. @defaultValue 500; not used in the middle of a stream */
  readonly status?: number | undefined;
  /** Google's `status`. @defaultValue what the API answers with this status, `rate_limit_error` for 429 */
  readonly type?: string | undefined;
  readonly message?: string | undefined;
  /** OpenAI's `code`. */
  readonly code?: string | undefined;
  /** Such as `retry-after`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Something that goes wrong after the request was taken. */
export interface ModelFault {
  /**
   * `hang`: nothing more comes. `cut`: the socket is destroyed. `malformed`: a broken event, or a broken
   * body, and the end. `error`: an error event in the stream. `end`: the stream ends in peace, without its last events, as where a
   * proxy closes it.
   */
  readonly kind: 'hang' | 'cut' | 'malformed' | 'error' | 'end';
  /**
   * How many pieces of text or tool arguments are sent before. Without a stream: 0 or more sends half a
   * body first. @defaultValue none, and no headers either (`malformed`, `error` and `end`: 0)
   */
  readonly afterChunks?: number | undefined;
  /** For `error`. */
  readonly error?: ModelError | undefined;
}

/** What the model answers to one request. */
export interface ModelReply {
  /** A list is streamed piece by piece as it is; a string is cut behind its spaces. */
  readonly text?: string | readonly string[] | undefined;
  /** What the model thinks before it answers, streamed like `text`. OpenAI's API does not show it. */
  readonly reasoning?: string | readonly string[] | undefined;
  readonly toolCalls?: readonly ModelToolCall[] | undefined;
  /** @defaultValue a quarter of the characters of request and answer */
  readonly usage?: ModelUsage | undefined;
  /** In OpenAI's words, put into the ones of the API. @defaultValue `tool_calls` with tool calls, else `stop` */
  readonly finishReason?: 'stop' | 'length' | 'tool_calls' | 'content_filter' | undefined;
  /** Name of the model that answers. @defaultValue the one that was asked for */
  readonly model?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Answers with an error status instead of all of the above. */
  readonly error?: ModelError | undefined;
  readonly fault?: ModelFault | undefined;
  /** Time before the answer starts. @defaultValue the emulator's `latencyMillis` */
  readonly delayMillis?: number | undefined;
  /** Time between two pieces of a stream. @defaultValue 0 */
  readonly chunkDelayMillis?: number | undefined;
  /** Sends the stream in writes of so many bytes, whatever they cut apart. @defaultValue an event at a time */
  readonly writeBytes?: number | undefined;
  /** Ends the lines of a stream with CR and LF, as some proxies do. @defaultValue false */
  readonly crlf?: boolean | undefined;
}

/** A reply with the requests it is for. */
export interface ModelScript extends ModelReply {
  /** @defaultValue any request for text: embeddings and model lists are answered without a script */
  readonly when?: ((request: ModelRequest) => boolean) | undefined;
  /** How many requests it answers. @defaultValue 1 */
  readonly times?: number | undefined;
}

/**
 * A list: each request takes the first script that is for it and not used up. A function: is asked each
 * time. A request without a script gets its own text back, or an error when the emulator is strict.
 */
export type ModelScripts =
  | readonly ModelScript[]
  | ((request: ModelRequest) => ModelReply | undefined);
