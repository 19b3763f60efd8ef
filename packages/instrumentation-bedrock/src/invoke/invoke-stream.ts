import type { Attributes } from '@opentelemetry/api';
import {
  anthropicStream,
  bedrockStream,
  incompleteStream,
  type InferenceCall,
  type InferenceResponse,
  openAiChatStream,
  type StreamFormat,
  type StreamFormatOptions,
  type StreamReader,
  type Usage,
} from '@llm-otel/llm-conventions';
import { readList, readMember, readString } from '@llm-otel/llm-conventions/client';
import { countsOfMetrics, latencyOfMetrics, metricsOf } from './header-counts.ts';
import { invokeStop, reasonOfChoice } from './invoke-response.ts';
import { bodyText, parsedJson } from './json-body.ts';
import { isPieceOfText } from './piece-of-text.ts';
import { textPieces } from './text-pieces.ts';

/** The chunks of `InvokeModelWithResponseStreamCommand`: each is JSON in the words of the model, the last one with Bedrock's counts. */
export function invokeStream(call: InferenceCall): StreamFormat {
  return { open: (options) => new InvokeStreamReader(call, options) };
}

class InvokeStreamReader implements StreamReader {
  readonly #call: InferenceCall;
  readonly #options: StreamFormatOptions;
  /** Known from the first chunk on. */
  #reader: StreamReader | undefined;
  #counts: Usage | undefined;
  #isLast = false;

  constructor(call: InferenceCall, options: StreamFormatOptions) {
    this.#call = call;
    this.#options = options;
  }

  read(event: unknown): unknown {
    const bytes = readMember(readMember(event, 'chunk'), 'bytes');
    if (!this.#readsAll && isPieceOfText(bytes)) return undefined;
    const text = bodyText(bytes, MAX_CHUNK_BYTES);
    if (text === undefined || (!this.#readsAll && !isTelling(text))) return undefined;
    const chunk = parsedJson(text);
    if (chunk === undefined) return undefined;
    const metrics = metricsOf(chunk);
    if (metrics !== undefined) {
      this.#isLast = true;
      this.#counts = countsOfMetrics(metrics);
      this.#call.setAttributes({}, latencyOfMetrics(metrics));
    }
    const { format, translate = same } = wordsOf(chunk);
    this.#reader ??= format.open(this.#options);
    const stop = stopOf(chunk);
    if (stop !== undefined) this.#call.setAttributes({}, stop);
    return this.#reader.read(translate(chunk));
  }

  /** Most chunks are pieces of text: where none is kept, and the first chunk has been seen, they need not be parsed. */
  get #readsAll(): boolean {
    return this.#reader === undefined || this.#options.content;
  }

  incomplete(): unknown {
    // The last chunk of every model has Bedrock's counts.
    return this.#isLast || this.response().finishReasons !== undefined
      ? undefined
      : incompleteStream();
  }

  response(): InferenceResponse {
    const response = this.#reader?.response() ?? {};
    return { ...response, usage: response.usage ?? this.#counts };
  }
}

// More than any chunk holds.
const MAX_CHUNK_BYTES = 16 * 1024 * 1024;
/** In the names of all that is looked for: reasons, counts, Bedrock's metrics, ids beside them, errors. */
const TELLING = ['top', 'inish', 'eason', 'sage', 'ount', 'etrics', '_id', 'rror'];

function isTelling(text: string): boolean {
  return TELLING.some((word) => text.includes(word));
}

interface Words {
  readonly format: StreamFormat;
  /** Into what the format reads. */
  readonly translate?: (chunk: unknown) => unknown;
}

const same = (chunk: unknown): unknown => chunk;
const claude: Words = { format: anthropicStream };
const nova: Words = { format: bedrockStream };
const choices: Words = { format: openAiChatStream, translate: asOpenAi };
const pieces: Words = { format: textPieces };

/** Whose words they are, by members that no other model has. */
function wordsOf(chunk: unknown): Words {
  const type = readString(chunk, 'type');
  if (type !== undefined) return type === 'completion' ? pieces : claude;
  if (readMember(chunk, 'choices') !== undefined) return choices;
  return NOVA.some((key) => readMember(chunk, key) !== undefined) ? nova : pieces;
}

const NOVA = [
  'messageStart',
  'contentBlockStart',
  'contentBlockDelta',
  'contentBlockStop',
  'messageStop',
  'metadata',
];

/** Mistral sends messages in pieces, DeepSeek texts, and both call the reason otherwise. */
function asOpenAi(chunk: unknown): unknown {
  return {
    ...Object(chunk),
    choices: readList(chunk, 'choices').map((choice) => ({
      index: readMember(choice, 'index'),
      delta: readMember(choice, 'delta') ?? readMember(choice, 'message') ?? choice,
      finish_reason: reasonOfChoice(choice),
    })),
  };
}

/** Where a chunk tells why the model stops. */
function stopOf(chunk: unknown): Attributes | undefined {
  const told = invokeStop(readMember(chunk, 'messageStop') ?? readMember(chunk, 'delta') ?? chunk);
  return Object.values(told).some((value) => value !== undefined) ? told : undefined;
}
