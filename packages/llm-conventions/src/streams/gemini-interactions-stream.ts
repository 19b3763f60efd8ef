import { safeJson } from '../content/safe-json.ts';
import type { InferenceResponse } from '../inference/inference-types.ts';
import { answersOf } from '../messages/answers.ts';
import { finishReasonOfGeminiInteraction } from '../messages/finish-reason-of-gemini-interaction.ts';
import type { MessagePart } from '../messages/message-types.ts';
import { CONTENTS, partsOfStep, stepsOf } from '../messages/messages-from-gemini-interaction.ts';
import { keysOf, readIndex, readList, readMember, readString } from '../read-member.ts';
import { usageFromGeminiInteraction } from '../usage/usage-from-gemini-interaction.ts';
import { MessageReader } from './message-reader.ts';
import { errorIn } from './streamed-error.ts';
import type { StreamFormat } from './stream-format.ts';

/**
 * Events of Google's Interactions API. Where a client goes on by itself behind the limit of a server, one stream has the events of several
 * interactions: their tokens are added up, and id and end are those of the last.
 */
export const geminiInteractionsStream: StreamFormat = {
  open: (options) => new Reader(options),
};

/** Events of the API before 2026, when an answer had contents and no steps. */
const EARLIER: ReadonlyMap<string, string> = new Map([
  ['interaction.start', 'interaction.created'],
  ['interaction.complete', 'interaction.completed'],
  ['content.start', 'step.start'],
  ['content.delta', 'step.delta'],
  ['content.stop', 'step.stop'],
]);

class Reader extends MessageReader {
  /** The step that began last: what comes in pieces has its id and its name there. */
  #step: unknown;
  /** An interaction has begun. */
  #isBegun = false;
  /** Of this one a step has come. */
  #isSaid = false;
  /** Pictures and files so far. */
  #pushed = 0;

  read(event: unknown): unknown {
    const word = readString(event, 'event_type');
    const type = word === undefined ? undefined : (EARLIER.get(word) ?? word);
    const interaction = readMember(event, 'interaction');
    if (interaction !== undefined) this.#told(type, interaction);
    if (type === 'step.start' || type === 'step.delta') this.#isSaid = true;
    switch (type) {
      case 'step.start':
        if (this.content) this.#started(event);
        return undefined;
      case 'step.delta':
        // All of the interaction so far.
        this.#used(readMember(readMember(event, 'metadata'), 'total_usage'));
        if (this.content) this.#continued(event);
        return undefined;
      case 'step.stop':
      case 'interaction.status_update':
        this.#used(readMember(event, 'usage'));
        return undefined;
      case 'error':
        return errorIn(readMember(event, 'error') ?? 'the stream reported an error');
    }
    return type === 'interaction.completed' && readString(interaction, 'status') === 'failed'
      ? errorIn(readList(interaction, 'errors')[0] ?? 'the interaction failed')
      : undefined;
  }

  override response(): InferenceResponse {
    const { outputMessages = [], ...answer } = super.response();
    return { ...answer, ...(this.content && { outputMessages: answersOf(outputMessages) }) };
  }

  protected override nextAnswer(): void {
    super.nextAnswer();
    this.#isSaid = false;
    this.#step = undefined;
  }

  #told(type: string | undefined, interaction: unknown): void {
    const id = readString(interaction, 'id');
    // Also in the stream of a client, which is one answer elsewhere.
    const isOther = id === undefined || id !== this.id;
    if (type === 'interaction.created' && this.#isBegun && isOther) this.nextAnswer();
    this.#isBegun = true;
    this.id = id ?? this.id;
    this.model = readString(interaction, 'model') ?? this.model;
    this.tier = readString(interaction, 'service_tier') ?? this.tier;
    this.#used(readMember(interaction, 'usage'));
    if (type !== 'interaction.completed') return;
    this.isComplete = true;
    this.reason = finishReasonOfGeminiInteraction(interaction);
    // A short one may come whole.
    const steps = this.content && !this.#isSaid ? stepsOf(interaction) : [];
    for (const [index, step] of steps.entries()) this.#started({ index, step });
    this.#isSaid ||= steps.length > 0;
  }

  #used(usage: unknown): void {
    this.usage = usageFromGeminiInteraction(usage) ?? this.usage;
  }

  #started(event: unknown): void {
    const step = readMember(event, 'step') ?? readMember(event, 'content');
    const type = readString(step, 'type');
    this.#step = step;
    // With its type alone, it says that what comes is of it.
    if (type === undefined || type === 'user_input' || keysOf(step).length === 1) return;
    const index = readIndex(event, 'index');
    if (type === 'function_call') this.#call(index, step);
    else for (const part of partsOfStep(type, step)) this.#add(index, part);
  }

  #call(index: number, step: unknown): void {
    const given = readMember(step, 'arguments');
    this.parts.toolCall(index, {
      id: readMember(step, 'id'),
      name: readMember(step, 'name'),
      // Empty where they come in pieces.
      json: keysOf(given).length > 0 ? safeJson(given) : undefined,
    });
  }

  #continued(event: unknown): void {
    const delta = readMember(event, 'delta');
    const type = readString(delta, 'type');
    const index = readIndex(event, 'index');
    switch (type) {
      case undefined:
      case 'thought_signature':
        return;
      case 'text':
        this.#text(index, readMember(delta, 'text'));
        return;
      case 'text_annotation_delta':
        this.parts.cite(this.#keyOf(index), readList(delta, 'annotations'));
        return;
      case 'thought_summary':
        for (const part of partsOfStep('thought', { summary: [readMember(delta, 'content')] }))
          this.#add(index, part);
        return;
      case 'arguments_delta':
        this.parts.toolCall(index, { json: readMember(delta, 'arguments') });
        return;
    }
    const isContent = CONTENTS.has(type);
    // Of a tool of Google's a call and its answer come whole, and their ids with the step.
    const whole = isContent ? delta : { ...Object(this.#step), ...Object(delta) };
    if (type === 'function_call') this.#call(index, whole);
    else for (const part of partsOfStep(type, whole)) this.#add(index, part);
  }

  #add(index: number, part: MessagePart): void {
    const content = readMember(part, 'content');
    const mimeType = readString(part, 'mime_type') ?? '';
    if (part.type === 'text' || part.type === 'reasoning') {
      this.#text(index, content, part.type as 'text' | 'reasoning');
      this.parts.cite(this.#keyOf(index), readList(part, 'citations'));
    } else if (part.type.startsWith('server_tool_call')) this.parts.whole(index, part);
    else if (mimeType.startsWith('audio/') && typeof content === 'string')
      this.parts.appendSound(content, mimeType);
    else {
      this.parts.push(part);
      this.#pushed++;
    }
  }

  #text(index: number, piece: unknown, kind: 'text' | 'reasoning' = 'text'): void {
    this.parts.text(this.#keyOf(index), piece, kind);
  }

  /** Text behind a picture is another part than that before it. */
  #keyOf(index: number): string {
    return `${index}.${this.#pushed}`;
  }
}
