import { encodeEventStreamMessage } from './event-stream.ts';

/** One event of a stream: a server-sent one, or a message of Amazon's. */
export interface StreamFrame {
  /** The `event:` line; OpenAI's chat completions have none. Amazon's type of an event or of an exception. */
  readonly event?: string;
  /** The value of the `data:` line, or its text as it is. */
  readonly data: unknown;
  /** Carries text or tool arguments: faults and delays count these. */
  readonly content?: boolean;
  /** For Amazon: it tells an error. */
  readonly isException?: boolean;
}

/** How an API writes its streams. */
export interface StreamEncoding {
  readonly contentType: string;
  readonly encode: (frame: StreamFrame) => Buffer;
  /** What is no event. */
  readonly broken: () => Buffer;
}

export function serverSentEvents(lineEnd: '\n' | '\r\n'): StreamEncoding {
  return {
    contentType: 'text/event-stream; charset=utf-8',
    encode: (frame) => Buffer.from(encodeFrame(frame, lineEnd)),
    broken: () => Buffer.from('data: {"broken\n\n'),
  };
}

export const amazonEventStream: StreamEncoding = {
  contentType: 'application/vnd.amazon.eventstream',
  encode: encodeMessage,
  broken() {
    const message = encodeMessage({ event: 'chunk', data: {} });
    // Its last checksum is another one.
    message.writeUInt8(message.readUInt8(message.length - 1) ^ 1, message.length - 1);
    return message;
  },
};

function encodeMessage({ event = '', data, isException = false }: StreamFrame): Buffer {
  const kind = isException ? 'exception' : 'event';
  const headers = {
    [`:${kind}-type`]: event,
    ':content-type': 'application/json',
    ':message-type': kind,
  };
  return encodeEventStreamMessage({ headers, payload: Buffer.from(JSON.stringify(data)) });
}

function encodeFrame({ event, data }: StreamFrame, lineEnd: string): string {
  const line = typeof data === 'string' ? data : JSON.stringify(data);
  return `${event === undefined ? '' : `event: ${event}${lineEnd}`}data: ${line}${lineEnd}${lineEnd}`;
}

/** What an API makes of a reply: one body, or a stream. */
export interface RenderedReply {
  readonly body: Readonly<Record<string, unknown>>;
  /** Called only when a stream was asked for. */
  readonly frames: () => readonly StreamFrame[];
  /** The event that reports an error in the middle of a stream. */
  readonly errorFrame: (body: Readonly<Record<string, unknown>>) => StreamFrame;
  /** What it says outside of its body. */
  readonly headers?: Readonly<Record<string, string>>;
}
