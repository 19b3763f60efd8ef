import type { InferenceResponse } from '../inference/inference-types.ts';
import { finishReasonFrom } from '../messages/finish-reason.ts';
import { keysOf, readIndex, readMember } from '../read-member.ts';
import { usageFromBedrock } from '../usage/usage-from-bedrock.ts';
import type { Usage } from '../usage/usage.ts';
import { PartList } from './part-list.ts';
import type { StreamFormat, StreamReader } from './stream-format.ts';
import { errorIn, StreamedError } from './streamed-error.ts';

/** Events of Bedrock's `ConverseStream`. */
export const bedrockStream: StreamFormat = { open: ({ content }) => new Reader(content) };

class Reader implements StreamReader {
  readonly #content: boolean;
  readonly #parts = new PartList();
  #reason: string | undefined;
  #usage: Usage | undefined;

  constructor(content: boolean) {
    this.#content = content;
  }

  read(event: unknown): unknown {
    if (this.#content) {
      this.#begin(readMember(event, 'contentBlockStart'));
      this.#grow(readMember(event, 'contentBlockDelta'));
    }
    const stop = readMember(event, 'messageStop');
    this.#reason = finishReasonFrom(readMember(stop, 'stopReason')) ?? this.#reason;
    const metadata = readMember(event, 'metadata');
    this.#usage = usageFromBedrock(readMember(metadata, 'usage')) ?? this.#usage;
    return exceptionIn(event);
  }

  response(): InferenceResponse {
    const parts = this.#parts.parts();
    return {
      usage: this.#usage,
      ...(this.#reason !== undefined && { finishReasons: [this.#reason] }),
      ...(parts.length > 0 && { outputMessages: [{ role: 'assistant', parts }] }),
    };
  }

  #begin(start: unknown): void {
    const use = readMember(readMember(start, 'start'), 'toolUse');
    if (use === undefined) return;
    this.#parts.toolCall(readIndex(start, 'contentBlockIndex'), {
      id: readMember(use, 'toolUseId'),
      name: readMember(use, 'name'),
    });
  }

  #grow(block: unknown): void {
    const index = readIndex(block, 'contentBlockIndex');
    const delta = readMember(block, 'delta');
    const use = readMember(delta, 'toolUse');
    this.#parts.text(index, readMember(delta, 'text'));
    this.#parts.text(index, readMember(readMember(delta, 'reasoningContent'), 'text'), 'reasoning');
    if (use !== undefined) this.#parts.toolCall(index, { json: readMember(use, 'input') });
  }
}

/** `throttlingException`, `modelStreamErrorException` and their like: the member names the error. */
function exceptionIn(event: unknown): unknown {
  const name = keysOf(event).find((key) => key.endsWith('Exception'));
  if (name === undefined) return undefined;
  const error = errorIn(readMember(event, name));
  return error instanceof StreamedError ? new StreamedError(error.message, name) : error;
}
