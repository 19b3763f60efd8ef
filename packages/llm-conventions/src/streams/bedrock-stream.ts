import { finishReasonFrom } from '../messages/finish-reason.ts';
import { messagesFromBedrock } from '../messages/messages-from-bedrock.ts';
import { keysOf, readIndex, readMember, readString } from '../read-member.ts';
import { usageFromBedrock } from '../usage/usage-from-bedrock.ts';
import type { StreamFormat } from './stream-format.ts';
import { MessageReader } from './message-reader.ts';
import { errorIn, StreamedError } from './streamed-error.ts';

/** Events of Bedrock's `ConverseStream`. */
export const bedrockStream: StreamFormat = { open: (options) => new Reader(options) };

class Reader extends MessageReader {
  #hasBegun = false;

  read(event: unknown): unknown {
    if (readMember(event, 'messageStart') !== undefined) {
      if (this.#hasBegun) this.another();
      this.#hasBegun = true;
    }
    if (this.content) {
      this.#begin(readMember(event, 'contentBlockStart'));
      this.#grow(readMember(event, 'contentBlockDelta'));
    }
    const stop = readMember(event, 'messageStop');
    if (stop !== undefined) this.isComplete = true;
    this.reason = finishReasonFrom(readMember(stop, 'stopReason')) ?? this.reason;
    const metadata = readMember(event, 'metadata');
    this.usage = usageFromBedrock(readMember(metadata, 'usage')) ?? this.usage;
    this.tier = readString(readMember(metadata, 'serviceTier'), 'type') ?? this.tier;
    return exceptionIn(event);
  }

  #begin(start: unknown): void {
    const use = readMember(readMember(start, 'start'), 'toolUse');
    if (use === undefined) return;
    const index = readIndex(start, 'contentBlockIndex');
    const [call] = messagesFromBedrock([{ role: 'assistant', content: [{ toolUse: use }] }]);
    const [part] = call?.parts ?? [];
    if (part?.type === 'server_tool_call') {
      this.parts.serverToolCall(index, part);
      return;
    }
    this.parts.toolCall(index, {
      id: readMember(use, 'toolUseId'),
      name: readMember(use, 'name'),
    });
  }

  #grow(block: unknown): void {
    const index = readIndex(block, 'contentBlockIndex');
    const delta = readMember(block, 'delta');
    const use = readMember(delta, 'toolUse');
    this.parts.text(index, readMember(delta, 'text'));
    this.parts.text(index, readMember(readMember(delta, 'reasoningContent'), 'text'), 'reasoning');
    const citation = readMember(delta, 'citation');
    if (citation !== undefined) this.parts.cite(index, [citation]);
    if (use !== undefined) this.parts.toolCall(index, { json: readMember(use, 'input') });
  }
}

/** `throttlingException`, `modelStreamErrorException` and their like: the member names the error. */
function exceptionIn(event: unknown): unknown {
  const name = keysOf(event).find((key) => key.endsWith('Exception'));
  if (name === undefined) return undefined;
  const error = errorIn(readMember(event, name));
  return error instanceof StreamedError ? new StreamedError(error.message, name) : error;
}
