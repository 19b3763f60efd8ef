import { OPENAI_API_TYPE_VALUE_CHAT_COMPLETIONS } from '../generated/values.ts';
import type { InferenceResponse } from '../inference/inference-types.ts';
import { finishReasonFrom } from '../messages/finish-reason.ts';
import { readIndex, readList, readMember, readString, toText } from '../read-member.ts';
import { usageFromOpenAi } from '../usage/usage-from-openai.ts';
import { ChoicesReader, MAX_CHOICES } from './choices-reader.ts';
import { openAiAttributes } from './open-ai-attributes.ts';
import type { PartList } from './part-list.ts';
import { errorIn } from './streamed-error.ts';
import type { StreamFormat, StreamFormatOptions } from './stream-format.ts';

/** Chunks of the chat completions API, also as Azure, DeepSeek, Groq, Mistral, xAI and others send them. */
export const openAiChatStream: StreamFormat = {
  open: (options) => new Reader(options),
};

/** What is read of a chunk. */
interface Chunk {
  readonly id?: unknown;
  readonly object?: unknown;
  readonly model?: unknown;
  readonly usage?: unknown;
  readonly x_groq?: unknown;
  readonly service_tier?: unknown;
  readonly system_fingerprint?: unknown;
  readonly choices?: unknown;
  readonly error?: unknown;
  /** Of xAI and Perplexity: for the answer as a whole. */
  readonly citations?: unknown;
}

const SAYING = [
  'content',
  'text',
  'tool_calls',
  'function_call',
  'reasoning_content',
  'reasoning',
  'refusal',
  'audio',
];

/** Whether a choice has a piece of an answer. */
function saysSomething(choice: unknown): boolean {
  const delta = readMember(choice, 'delta') ?? choice;
  return SAYING.some((name) => {
    const said = readMember(delta, name);
    if (Array.isArray(said)) return said.length > 0;
    return said !== undefined && said !== null && said !== '';
  });
}

/** Whether a choice has the first piece of an answer, which may be the role alone. */
function begins(choice: unknown): boolean {
  if (saysSomething(choice)) return true;
  const isEnd = finishReasonFrom(readMember(choice, 'finish_reason')) !== undefined;
  return !isEnd && readString(readMember(choice, 'delta'), 'role') !== undefined;
}

class Reader extends ChoicesReader {
  readonly #provider: string | undefined;
  #fingerprint: string | undefined;
  /** Old completions are read too, and the conventions have no type for them. */
  #isChat = false;
  /** The last reason came by itself; some servers tell one beside each piece of text. */
  #endedAlone = false;

  constructor(options: StreamFormatOptions) {
    super(options);
    this.#provider = options.provider;
  }

  read(chunk: unknown): unknown {
    if (typeof chunk !== 'object' || chunk === null) return undefined;
    // Members by their names: a key that varies would be looked up at several times the cost.
    const { id, model, usage, x_groq: groq, service_tier: tier, choices, error } = chunk as Chunk;
    const name = toText(id);
    const pieces: readonly unknown[] = Array.isArray(choices) ? choices : [];
    if (pieces.some((choice) => this.#isOfNext(choice, name))) this.another();
    if (pieces.length === 0) this.beside(name);
    this.model = toText(model) ?? this.model;
    const hasUsage = usage !== undefined && usage !== null;
    if (hasUsage) this.usage = usageFromOpenAi(usage) ?? this.usage;
    // Groq puts it elsewhere.
    else if (groq !== undefined)
      this.usage = usageFromOpenAi(readMember(groq, 'usage')) ?? this.usage;
    // It may change on the way: the last word counts.
    if (tier !== undefined) this.tier = toText(tier) ?? this.tier;
    this.#isChat ||= (chunk as Chunk).object === 'chat.completion.chunk';
    this.#fingerprint = toText((chunk as Chunk).system_fingerprint) ?? this.#fingerprint;
    if (Array.isArray(choices)) {
      // Usage by itself comes behind the whole answer, and not where that breaks off: of a server that never tells reasons it is the end.
      this.hasToldEnd = choices.length === 0 && (hasUsage || this.hasToldEnd);
      for (let index = 0; index < Math.min(choices.length, MAX_CHOICES); index++)
        this.#choice(choices[index], name);
    }
    if (this.content && (chunk as Chunk).citations !== undefined)
      this.#cited(readList(chunk, 'choices'), readList(chunk, 'citations'));
    return error === undefined ? undefined : errorIn(error);
  }

  override response(): InferenceResponse {
    return {
      ...super.response(),
      ...openAiAttributes(this.#provider, {
        'openai.api.type': this.#isChat ? OPENAI_API_TYPE_VALUE_CHAT_COMPLETIONS : undefined,
        'openai.response.system_fingerprint': this.#fingerprint,
      }),
    };
  }

  /** Behind the end come the usage, and what some servers say of an answer: a piece of one alone is of the next. */
  #isOfNext(choice: unknown, id: string | undefined): boolean {
    const index = readIndex(choice, 'index');
    if (this.isOfAnother(index, id)) return begins(choice);
    // Where one of the two has no id, an answer is whole when its tokens are known as well.
    const haveIds = id !== undefined && this.id !== undefined;
    const isWhole = !haveIds && this.isOver && this.#endedAlone && this.usage !== undefined;
    return isWhole && this.hasBegun(index) && saysSomething(choice);
  }

  /** The last chunk may have no choices. */
  #cited(choices: readonly unknown[], citations: readonly unknown[]): void {
    this.cited(0, citations);
    for (const choice of choices) this.cited(readIndex(choice, 'index'), citations);
  }

  #choice(choice: unknown, id: string | undefined): void {
    const index = readIndex(choice, 'index');
    // Old completions have the text beside the choice's other members.
    const delta = readMember(choice, 'delta') ?? choice;
    const audio = readMember(delta, 'audio');
    // Sound may end with the time until when it is kept, and without a reason.
    const isSpoken = audio !== undefined && readMember(audio, 'expires_at') !== undefined;
    const reason = finishReasonFrom(readMember(choice, 'finish_reason'));
    this.seen(index, reason ?? (isSpoken ? 'stop' : undefined), id);
    if (reason !== undefined) this.#endedAlone = !saysSomething(choice);
    // Moonshot has it there.
    const usage = readMember(choice, 'usage');
    if (usage !== undefined) this.usage = usageFromOpenAi(usage) ?? this.usage;
    if (!this.content) return;
    const parts = this.partsOf(index);
    parts.text(
      'reasoning',
      readString(delta, 'reasoning_content') ?? readString(delta, 'reasoning'),
      'reasoning',
    );
    const content = readMember(delta, 'content') ?? readMember(delta, 'text');
    if (Array.isArray(content)) addPieces(parts, content);
    else parts.text('text', content);
    parts.cite('text', readList(delta, 'annotations'));
    parts.text('refusal', readMember(delta, 'refusal'), 'refusal');
    if (typeof audio === 'object' && audio !== null)
      parts.audio('audio', {
        id: readMember(audio, 'id'),
        data: readMember(audio, 'data'),
        transcript: readMember(audio, 'transcript'),
      });
    const one = readMember(delta, 'function_call');
    if (one !== undefined && one !== null)
      parts.toolCall('function', {
        name: readMember(one, 'name'),
        json: readMember(one, 'arguments'),
      });
    for (const [position, call] of readList(delta, 'tool_calls').entries()) {
      const called = readMember(call, 'function') ?? readMember(call, 'custom');
      parts.toolCall(`call ${readIndex(call, 'index', position)}`, {
        id: readMember(call, 'id'),
        name: readMember(called, 'name'),
        json: readMember(called, 'arguments') ?? readMember(called, 'input'),
      });
    }
  }
}

/** As Mistral's models that think send them. */
function addPieces(parts: PartList, pieces: readonly unknown[]): void {
  for (const piece of pieces) {
    if (readString(piece, 'type') === 'text') parts.text('text', readMember(piece, 'text'));
    for (const thought of readList(piece, 'thinking'))
      parts.text('reasoning', readMember(thought, 'text'), 'reasoning');
  }
}
