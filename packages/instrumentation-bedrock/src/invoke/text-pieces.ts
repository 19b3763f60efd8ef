import {
  finishReasonFrom,
  type InferenceResponse,
  type MessagePart,
  type StreamFormat,
  type StreamReader,
  type Usage,
} from '@llm-otel/llm-conventions';
import { readMember } from '@llm-otel/llm-conventions/client';
import { countsOfMetrics, metricsOf } from './header-counts.ts';
import { generatedText } from './generated-text.ts';

// A stream that never ends must not fill the memory.
const MAX_CHARACTERS = 8 * 1024 * 1024;

/** Streams of models that complete a text: every chunk is a piece of it, the last one tells why it ends. */
export const textPieces: StreamFormat = {
  open: ({ content }): StreamReader => new TextPieces(content),
};

class TextPieces implements StreamReader {
  readonly #content: boolean;
  readonly #pieces: string[] = [];
  #characters = 0;
  #parts: readonly MessagePart[] = [];
  #id: string | undefined;
  #reason: string | undefined;
  #usage: Usage | undefined;
  #counts: Usage | undefined;

  constructor(content: boolean) {
    this.#content = content;
  }

  read(chunk: unknown): unknown {
    const { texts, id, usage } = generatedText(chunk);
    const [piece] = texts;
    // Command R ends with the whole answer, which has been said already, but for its tool calls and its id.
    const whole = generatedText(readMember(chunk, 'response'));
    this.#id = whole.id ?? id ?? this.#id;
    this.#reason = finishReasonFrom(piece?.reason) ?? this.#reason;
    this.#usage = known(this.#usage, usage);
    this.#counts = countsOfMetrics(metricsOf(chunk)) ?? this.#counts;
    if (!this.#content) return undefined;
    this.#parts = whole.texts[0]?.parts ?? this.#parts;
    const text = piece?.text ?? '';
    if (text === '' || this.#characters + text.length > MAX_CHARACTERS) return undefined;
    this.#characters += text.length;
    this.#pieces.push(text);
    return undefined;
  }

  response(): InferenceResponse {
    const content = this.#pieces.join('');
    const parts = [...(content === '' ? [] : [{ type: 'text' as const, content }]), ...this.#parts];
    return {
      id: this.#id,
      // Some models count as they go on, and not to the end.
      usage: this.#counts ?? this.#usage,
      ...(this.#reason !== undefined && { finishReasons: [this.#reason] }),
      ...(parts.length > 0 && { outputMessages: [{ role: 'assistant', parts }] }),
    };
  }
}

function known(before: Usage | undefined, now: Usage | undefined): Usage | undefined {
  if (now === undefined) return before;
  return {
    inputTokens: now.inputTokens ?? before?.inputTokens,
    outputTokens: now.outputTokens ?? before?.outputTokens,
  };
}
