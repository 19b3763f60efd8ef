import type { SpanReference } from '@llm-otel/llm-conventions';

export interface HandOffOptions {
  /** Name of the agent that takes over. */
  readonly to: string;
  /** Recorded only where content is on. */
  readonly reason?: string | undefined;
}

/** What the agent that takes over needs: give it to its `run`, here or, as JSON, in another process. */
export interface HandOff {
  readonly to: string;
  readonly from: string;
  readonly conversationId?: string | undefined;
  /** The run that handed over. */
  readonly span?: SpanReference | undefined;
}
