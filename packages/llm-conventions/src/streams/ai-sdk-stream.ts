import type { AnswerUsage } from '../inference/inference-types.ts';
import { finishReasonFrom } from '../messages/finish-reason.ts';
import { outputFromAiSdk } from '../messages/messages-from-ai-sdk.ts';
import { readMember, readString } from '../read-member.ts';
import { serviceTierFromAiSdk } from '../usage/service-tiers.ts';
import { usageFromAiSdk } from '../usage/usage-from-ai-sdk.ts';
import { haveSameTotals, sumOfUsages, type Usage } from '../usage/usage.ts';
import { MessageReader } from './message-reader.ts';
import { errorIn } from './streamed-error.ts';
import type { StreamFormat, StreamFormatOptions } from './stream-format.ts';

/**
 * Parts of the Vercel AI SDK: of a language model's `doStream`, or of `fullStream`, whose steps count together, each at its own price.
 */
export const aiSdkStream: StreamFormat = {
  open: (options) => new Reader(options),
};

const STARTS: ReadonlySet<unknown> = new Set(['stream-start', 'start', 'start-step']);
/** Of which no more come behind the end of the whole; what a middleware adds there may be of any other type. */
const SAYING: ReadonlySet<unknown> = new Set([
  'text',
  'text-start',
  'text-delta',
  'reasoning',
  'reasoning-start',
  'reasoning-delta',
  'tool-input-start',
  'tool-input-delta',
  'tool-call',
]);

class Reader extends MessageReader {
  readonly #provider: string | undefined;
  /** Each tells what its provider told beside its usage, which the end of the whole repeats of none. */
  #steps: { readonly usage: unknown; readonly providerMetadata: unknown }[] = [];
  /** Each with a price of its own. */
  #answers: AnswerUsage[] = [];
  #hasSaid = false;
  #isOver = false;

  constructor(options: StreamFormatOptions) {
    super(options);
    this.#provider = options.provider;
  }

  read(part: unknown): unknown {
    const type = readString(part, 'type');
    this.#begin(type);
    if (type === 'response-metadata') this.#metadata(part);
    else if (type === 'finish' || type === 'finish-step') this.#finish(part);
    else if (this.content && type !== undefined) this.#grow(type, part);
    if (type === 'error') return errorIn(readMember(part, 'error') ?? part);
    if (type !== 'abort') return undefined;
    return errorIn({
      code: 'abort',
      message: readString(part, 'reason') ?? 'the stream was aborted',
    });
  }

  #begin(type: string | undefined): void {
    const says = SAYING.has(type);
    // Steps are of one answer, which begins once.
    const begins = STARTS.has(type) && (type !== 'start-step' || this.#isOver);
    if (this.#isOver ? begins || says : begins && this.#hasSaid) this.another();
    if (says) this.#hasSaid = true;
    else if (type === 'finish') this.#isOver = true;
  }

  protected override nextAnswer(): void {
    super.nextAnswer();
    this.#steps = [];
    this.#answers = [];
    this.#isOver = false;
    this.#hasSaid = false;
  }

  /** Steps, where they are all of it and each can be told from the others. */
  protected override answers(): readonly AnswerUsage[] {
    const steps = this.#answers;
    const ids = new Set(steps.map(({ id }) => id));
    const sum = steps.reduce<Usage | undefined>((used, { usage }) => sumOfUsages(used, usage), {});
    const areAll = ids.size === steps.length && !ids.has(undefined);
    return steps.length > 1 && areAll && haveSameTotals(sum, this.usage) ? steps : super.answers();
  }

  #metadata(metadata: unknown): void {
    this.id = readString(metadata, 'id') ?? this.id;
    this.model = readString(metadata, 'modelId') ?? this.model;
  }

  #finish(part: unknown): void {
    this.isComplete = true;
    this.#metadata(readMember(part, 'response'));
    const reason = readMember(part, 'finishReason');
    // Since version 6 of the provider interface: { unified, raw }.
    this.reason = finishReasonFrom(readMember(reason, 'unified') ?? reason) ?? this.reason;
    this.tier = serviceTierFromAiSdk(part) ?? this.tier;
    const usage = readMember(part, 'usage');
    const provider = this.#provider;
    const last = this.#steps.at(-1)?.providerMetadata;
    const providerMetadata = readMember(part, 'providerMetadata') ?? last;
    if (readString(part, 'type') === 'finish-step') {
      this.#steps.push({ usage, providerMetadata });
      const ofStep = usageFromAiSdk(usage, { provider, providerMetadata });
      this.usage = sumOfUsages(this.usage, ofStep);
      const { id, model, tier } = this;
      this.#answers.push({ id, model, serviceTier: tier, usage: ofStep });
      return;
    }
    const whole = usage ?? readMember(part, 'totalUsage');
    const source = { provider, providerMetadata, steps: this.#steps };
    this.usage = usageFromAiSdk(whole, source) ?? this.usage;
  }

  #grow(type: string, part: unknown): void {
    const id = readString(part, 'id') ?? '';
    const delta =
      readMember(part, 'delta') ?? readMember(part, 'text') ?? readMember(part, 'textDelta');
    switch (type) {
      case 'text-delta':
        this.parts.text(`text ${id}`, delta);
        return;
      case 'reasoning-delta':
      case 'reasoning':
        this.parts.text(`reasoning ${id}`, delta, 'reasoning');
        return;
      case 'tool-input-start':
        this.parts.toolCall(`tool ${id}`, { id, name: readMember(part, 'toolName') });
        return;
      case 'tool-input-delta':
        this.parts.toolCall(`tool ${id}`, { json: delta });
        return;
      case 'tool-call':
        // The call as a whole, after its pieces, under the same id.
        for (const whole of outputFromAiSdk({ content: [part] })[0]?.parts ?? [])
          this.parts.whole(`tool ${readString(part, 'toolCallId') ?? ''}`, whole);
        return;
      case 'tool-result':
      case 'tool-error':
      case 'file':
      case 'source':
        for (const whole of outputFromAiSdk({ content: [part] })[0]?.parts ?? [])
          this.parts.push(whole);
    }
  }
}
