/** One server-sent event. */
export interface StreamFrame {
  /** The `event:` line; OpenAI's chat completions have none. */
  readonly event?: string;
  /** The value of the `data:` line, or its text as it is. */
  readonly data: unknown;
  /** Carries text or tool arguments: faults and delays count these. */
  readonly content?: boolean;
}

export function encodeFrame({ event, data }: StreamFrame, lineEnd: '\n' | '\r\n' = '\n'): string {
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
}
