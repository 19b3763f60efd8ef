import { jsonBytes } from '../content/json-bytes.ts';
import { dataOfJson } from '../messages/data-of-json.ts';
import type { MessagePart } from '../messages/message-types.ts';
import { readMember } from '../read-member.ts';
import { citedText } from '../messages/citations.ts';
import { reasoningPart, toolCallPart } from '../messages/parts.ts';
import { type AudioPiece, AudioPieces } from './audio-pieces.ts';

/** A part that is still growing. Pieces are joined once, at the end. */
interface GrowingPart {
  readonly kind:
    | 'text'
    | 'reasoning'
    | 'refusal'
    | 'tool_call'
    | 'server_tool_call'
    | 'audio'
    | 'whole';
  readonly pieces: string[];
  id?: string | undefined;
  name?: string | undefined;
  whole?: MessagePart | undefined;
  audio?: AudioPieces | undefined;
  citations?: unknown[] | undefined;
}

// A stream that never ends must not fill the memory.
const MAX_CHARACTERS = 8 * 1024 * 1024;

/**
 * The parts of one message as a stream delivers them: text in pieces, arguments of tool calls in pieces of JSON.
 * Parts stand in the order they began; how their text was cut into chunks leaves no trace.
 */
export class PartList {
  readonly #parts = new Map<string | number, GrowingPart>();
  #characters = 0;
  #appended = 0;
  #last: GrowingPart | undefined;
  /** Keys count anew in each answer. */
  #answer = 0;
  /** Parts of answers before this one. */
  #before = 0;
  /** Where a call took the place of another one. */
  #calls: Map<string | number, string> | undefined;

  /** What comes now is of the next answer, and continues no part of this one. */
  nextAnswer(): void {
    this.#answer++;
    this.#before = this.#parts.size;
    this.#calls = undefined;
    this.#last = undefined;
  }

  /** Adds text to the part at `key`, or begins it. */
  text(
    key: string | number,
    piece: unknown,
    kind: 'text' | 'reasoning' | 'refusal' = 'text',
  ): void {
    if (typeof piece === 'string' && piece !== '') this.#add(this.#at(key, kind), piece);
  }

  /** Adds what the text at `key` cites. */
  cite(key: string | number, citations: readonly unknown[]): void {
    for (const citation of citations) {
      const bytes = jsonBytes(citation);
      if (this.#characters + bytes > MAX_CHARACTERS) return;
      this.#characters += bytes;
      (this.#at(key, 'text').citations ??= []).push(citation);
    }
  }

  /** Text without a key of its own: it continues the last part where that is of the same kind. */
  append(piece: unknown, kind: 'text' | 'reasoning'): void {
    if (typeof piece !== 'string' || piece === '') return;
    if (this.#last?.kind !== kind) this.#last = this.#at(`appended ${this.#appended++}`, kind);
    this.#add(this.#last, piece);
  }

  /** Adds to a tool call: its id and name once, its arguments in pieces of JSON text. */
  toolCall(
    key: string | number,
    call: { readonly id?: unknown; readonly name?: unknown; readonly json?: unknown },
  ): void {
    const part = this.#call(key, call);
    if (typeof call.id === 'string' && call.id !== '') part.id ??= call.id;
    if (typeof call.name === 'string' && call.name !== '') part.name ??= call.name;
    if (typeof call.json === 'string') this.#add(part, call.json);
  }

  /** Adds to what is said aloud. */
  audio(key: string | number, piece: AudioPiece): void {
    const part = this.#at(key, 'audio');
    part.audio ??= new AudioPieces();
    this.#characters += part.audio.add(piece, MAX_CHARACTERS - this.#characters);
  }

  /** Sound without a key of its own, raw as it is played: it continues the last part where that is of the same type. */
  appendSound(data: string, mimeType: string): void {
    const kind = `audio ${mimeType}`;
    if (this.#last?.name !== kind) {
      this.#last = this.#at(`appended ${this.#appended++}`, 'audio');
      this.#last.name = kind;
    }
    (this.#last.audio ??= new AudioPieces(mimeType)).add({ data }, 0);
  }

  /** A part that came whole. It takes the place of what there was at `key`. */
  whole(key: string | number, part: MessagePart): void {
    const growing: GrowingPart = { kind: 'whole', pieces: [], whole: part };
    const within = this.#within(key);
    if (!this.#parts.has(within) && this.#parts.size >= MAX_PARTS) return;
    this.#parts.set(within, growing);
    this.#last = growing;
  }

  /** A call of a tool of the provider's: its input comes in pieces of JSON text, as that of other calls. */
  serverToolCall(key: string | number, call: MessagePart): void {
    this.#at(key, 'server_tool_call').whole = call;
  }

  /** A whole part without a key. */
  push(part: MessagePart): void {
    this.whole(`pushed ${this.#appended++}`, part);
  }

  /** This answer says `parts`, whatever came of it in pieces. */
  become(parts: readonly MessagePart[]): void {
    for (const key of [...this.#parts.keys()].slice(this.#before)) this.#parts.delete(key);
    for (const part of parts) this.push(part);
  }

  /** The parts, finished: arguments parsed where they are JSON. */
  parts(): MessagePart[] {
    return [...this.#parts.values()].flatMap((part) => finished(part));
  }

  /** A stream that broke off, and an answer asked for again behind it, count from the same key. Some APIs give each piece an id of its own, the first alone a name. */
  #call(
    key: string | number,
    { id, name }: { readonly id?: unknown; readonly name?: unknown },
  ): GrowingPart {
    const part = this.#at(this.#calls?.get(key) ?? key, 'tool_call');
    const isOther = typeof id === 'string' && id !== '' && part.id !== undefined && part.id !== id;
    if (!isOther || typeof name !== 'string' || name === '') return part;
    const again = `${key} ${this.#appended++}`;
    (this.#calls ??= new Map()).set(key, again);
    return this.#at(again, 'tool_call');
  }

  #within(key: string | number): string | number {
    return this.#answer === 0 ? key : `${this.#answer} ${key}`;
  }

  #at(key: string | number, kind: GrowingPart['kind']): GrowingPart {
    const within = this.#within(key);
    let part = this.#parts.get(within);
    if (part === undefined) {
      part = { kind, pieces: [] };
      if (this.#parts.size < MAX_PARTS) this.#parts.set(within, part);
    }
    return part;
  }

  #add(part: GrowingPart, piece: string): void {
    if (this.#characters + piece.length > MAX_CHARACTERS) return;
    this.#characters += piece.length;
    part.pieces.push(piece);
  }
}

const MAX_PARTS = 10_000;

function finished({
  kind,
  pieces,
  id,
  name = '',
  whole,
  audio,
  citations,
}: GrowingPart): MessagePart[] {
  const text = pieces.join('');
  switch (kind) {
    case 'whole':
      return whole === undefined ? [] : [whole];
    case 'tool_call':
      return [toolCallPart(id, name, text === '' ? undefined : dataOfJson(text))];
    case 'server_tool_call':
      return whole === undefined ? [] : [withInput(whole, text)];
    case 'audio':
      return audio?.parts() ?? [];
    case 'refusal':
      return [{ type: 'refusal', content: text }];
    default:
      if (text === '') return [];
      return [kind === 'text' ? citedText(text, citations ?? []) : reasoningPart(text)];
  }
}

/** What it began with stays where no input came. */
function withInput(call: MessagePart, json: string): MessagePart {
  const details = readMember(call, 'server_tool_call');
  if (json === '' || typeof details !== 'object') return call;
  return { ...call, server_tool_call: { ...details, input: dataOfJson(json) } };
}
