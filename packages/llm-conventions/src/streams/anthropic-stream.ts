import { finishReasonFrom } from '../messages/finish-reason.ts';
import { partsFromAnthropic } from '../messages/messages-from-anthropic.ts';
import { readIndex, readList, readMember, readString } from '../read-member.ts';
import { usageFromAnthropic } from '../usage/usage-from-anthropic.ts';
import { MessageReader } from './message-reader.ts';
import { errorIn } from './streamed-error.ts';
import type { StreamFormat } from './stream-format.ts';

/** Events of the Anthropic messages API. */
export const anthropicStream: StreamFormat = { open: (options) => new Reader(options) };

const INPUT_KEYS = [
  'input_tokens',
  'cache_read_input_tokens',
  'cache_creation_input_tokens',
  'cache_creation',
] as const;

const USAGE_KEYS = [...INPUT_KEYS, 'output_tokens', 'output_tokens_details', 'iterations'] as const;

class Reader extends MessageReader {
  #rawUsage: Record<string, unknown> = {};
  #hasBegun = false;

  read(event: unknown): unknown {
    const index = readIndex(event, 'index');
    switch (readString(event, 'type')) {
      case 'message_start': {
        const message = readMember(event, 'message');
        const id = readString(message, 'id');
        if (this.#hasBegun && (id === undefined || id !== this.id)) this.another();
        this.#hasBegun = true;
        this.id = id;
        this.model = readString(message, 'model');
        // Its output is what stood before the first word, 1 or so: no count of an answer that is left early.
        this.#addUsage(readMember(message, 'usage'), INPUT_KEYS);
        return undefined;
      }
      case 'content_block_start':
        if (this.content) this.#begin(index, readMember(event, 'content_block'));
        return undefined;
      case 'content_block_delta':
        if (this.content) this.#grow(index, readMember(event, 'delta'));
        return undefined;
      case 'message_delta':
        this.reason =
          finishReasonFrom(readMember(readMember(event, 'delta'), 'stop_reason')) ?? this.reason;
        this.#addUsage(readMember(event, 'usage'));
        return undefined;
      case 'message_stop':
        this.isComplete = true;
        return undefined;
      case 'error':
        return errorIn(readMember(event, 'error') ?? event);
      default:
        return undefined;
    }
  }

  protected override nextAnswer(): void {
    super.nextAnswer();
    this.#rawUsage = {};
  }

  /** The first event has the input, the last one the output so far; both are totals, and parts of one usage. */
  #addUsage(raw: unknown, keys: readonly string[] = USAGE_KEYS): void {
    for (const key of keys) {
      const value = readMember(raw, key);
      if (value !== undefined && value !== null) this.#rawUsage[key] = value;
    }
    this.usage = usageFromAnthropic(this.#rawUsage);
    this.tier = readString(raw, 'service_tier') ?? this.tier;
  }

  #begin(index: number, block: unknown): void {
    const type = readString(block, 'type');
    if (type === 'tool_use') {
      this.parts.toolCall(index, { id: readMember(block, 'id'), name: readMember(block, 'name') });
    } else if (type === 'text') {
      this.parts.text(index, readMember(block, 'text'));
      this.parts.cite(index, readList(block, 'citations'));
    } else if (type === 'thinking')
      this.parts.text(index, readMember(block, 'thinking'), 'reasoning');
    else
      for (const part of partsFromAnthropic([block]))
        if (part.type === 'server_tool_call') this.parts.serverToolCall(index, part);
        else this.parts.whole(index, part);
  }

  #grow(index: number, delta: unknown): void {
    const text = readMember(delta, 'text');
    const thinking = readMember(delta, 'thinking');
    const json = readMember(delta, 'partial_json');
    if (typeof text === 'string') this.parts.text(index, text);
    else if (typeof thinking === 'string') this.parts.text(index, thinking, 'reasoning');
    else if (typeof json === 'string') this.parts.toolCall(index, { json });
    else if (readString(delta, 'type') === 'citations_delta')
      this.parts.cite(index, [readMember(delta, 'citation')]);
    else if (readString(delta, 'type') === 'compaction_delta') {
      const compaction = { type: 'compaction', content: readMember(delta, 'content') };
      for (const part of partsFromAnthropic([compaction])) this.parts.whole(index, part);
    }
  }
}
