import { setImmediate } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import type { ModelFault, ModelReply } from './model-script.ts';
import type { ModelOutcome } from './model-request.ts';
import type { StreamEncoding, StreamFrame } from './stream-frame.ts';

export interface Sending {
  readonly response: ServerResponse;
  readonly headers: Readonly<Record<string, string>>;
  readonly reply: ModelReply;
  /** Resolves after so many milliseconds, or at once when the client has gone away. */
  readonly pause: (millis: number) => Promise<void>;
  /**
   * Called with the outcome before the bytes from which the client can tell it, so that the record is
   * right by the time the client's call has ended.
   */
  readonly settle: (outcome: ModelOutcome) => void;
}

const outcomes: Readonly<Record<ModelFault['kind'] | 'none', ModelOutcome>> = {
  none: 'answered',
  hang: 'hung',
  cut: 'cut',
  malformed: 'answered',
  error: 'error',
  end: 'cut',
};

/** Sends one JSON body, or as much of it as the fault lets through. */
export async function sendBody(
  { response, headers, reply, settle }: Sending,
  status: number,
  body: unknown,
): Promise<void> {
  const json = Buffer.from(JSON.stringify(body));
  const half = json.subarray(0, json.length / 2);
  const { kind } = reply.fault ?? {};
  const all = { 'content-type': 'application/json', ...headers };
  if (kind === 'hang' || kind === 'cut') {
    response.writeHead(status, { ...all, 'content-length': json.length });
    await written(response, half);
    breakOff(response, kind, settle);
    return;
  }
  settle(status < 400 ? 'answered' : 'error');
  response.writeHead(status, all).end(kind === 'malformed' ? half : json);
}

/** Sends the events of a stream one by one, with pauses, until the end or until the fault comes. */
export async function sendStream(
  { response, headers, reply, pause, settle }: Sending,
  { contentType, encode, broken }: StreamEncoding,
  frames: readonly StreamFrame[],
  errorFrame: () => StreamFrame,
): Promise<void> {
  const { fault, chunkDelayMillis = 0 } = reply;
  const writer = new PieceWriter(response, reply.writeBytes);
  const sent = fault === undefined ? frames : frames.slice(0, faultIndex(frames, fault));
  const type = { 'content-type': contentType, 'cache-control': 'no-cache' };
  response.writeHead(200, { ...type, ...headers });

  let pieces = 0;
  for (const [index, frame] of sent.entries()) {
    if (frame.content && pieces > 0) await pause(chunkDelayMillis);
    if (response.destroyed) return settle('closed');
    if (frame.content) pieces += 1;
    if (index === sent.length - 1) settle(outcomes[fault?.kind ?? 'none']);
    await writer.write(encode(frame));
  }
  if (fault?.kind === 'error') await writer.write(encode(errorFrame()));
  if (fault?.kind === 'malformed') await writer.write(broken());
  await writer.flush();
  if (fault?.kind === 'cut') response.destroy();
  else if (fault?.kind !== 'hang') response.end();
  return undefined;
}

/** Whether nothing at all is to be sent, not even headers. */
export function isSilent({ fault }: ModelReply): boolean {
  return (fault?.kind === 'hang' || fault?.kind === 'cut') && fault.afterChunks === undefined;
}

/** Ends an answer that has no end. */
export function breakOff(
  response: ServerResponse,
  kind: 'hang' | 'cut',
  settle: Sending['settle'],
): void {
  if (response.destroyed) return settle('closed');
  settle(outcomes[kind]);
  if (kind === 'cut') response.destroy();
  return undefined;
}

/** Index of the event in whose place the fault comes. */
function faultIndex(frames: readonly StreamFrame[], { afterChunks = 0 }: ModelFault): number {
  const contents = [...frames.keys()].filter((index) => frames[index]?.content);
  // With fewer pieces than that, it comes behind the last one; without any, behind the first event.
  return contents[afterChunks] ?? (contents.at(-1) ?? 0) + 1;
}

/** Writes bytes as they come, or in pieces of a size that cut everything apart. */
class PieceWriter {
  readonly #response: ServerResponse;
  readonly #size: number;
  #held: Buffer = Buffer.alloc(0);

  constructor(response: ServerResponse, size: number = Infinity) {
    this.#response = response;
    this.#size = Math.max(1, size);
  }

  /** In pieces of a given size, bytes wait for the next ones, as they do in a proxy's buffer. */
  async write(bytes: Buffer): Promise<void> {
    this.#held = Buffer.concat([this.#held, bytes]);
    await this.#send(this.#size === Infinity ? 1 : this.#size);
  }

  async flush(): Promise<void> {
    await this.#send(1);
  }

  async #send(atLeast: number): Promise<void> {
    while (this.#held.length >= atLeast) {
      await written(this.#response, this.#held.subarray(0, this.#size));
      this.#held = this.#held.subarray(this.#size);
    }
  }
}

/** Resolves when the bytes are with the operating system: what is destroyed next has been sent before. */
async function written(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  await new Promise<void>((resolve) => {
    response.write(bytes, () => resolve());
  });
  // One turn, so that the client reads this write by itself.
  await setImmediate();
}
