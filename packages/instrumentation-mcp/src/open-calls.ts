import type { McpCall } from '@llm-otel/llm-conventions';
import type { OutgoingMessage } from './protocol-shape.ts';

/** A request that waits for its answer. */
export interface OpenCall {
  readonly call: McpCall;
  readonly method: string;
  /** Its end is told by the promise that the application waits for, not by the answer. */
  awaited?: boolean;
  /** The answer was an error, which says what there is to say. */
  refused?: boolean;
  /** Nothing waits for its answer any more. */
  readonly forget: () => void;
}

/** More at once are a leak of the other side. What is forgotten is ended as one that was not answered. */
const MOST_CALLS = 10_000;

/** The open requests of one direction of a connection, by their JSON-RPC id. */
export class OpenCalls {
  readonly #calls = new Map<string | number, OpenCall>();

  /** @param id - none for a notification, which is not kept */
  add(call: McpCall, { id, method }: OutgoingMessage): OpenCall {
    if (id === undefined) return { call, method, forget: () => undefined };
    const open: OpenCall = {
      call,
      method,
      forget: () => {
        if (this.#calls.get(id) === open) this.#calls.delete(id);
      },
    };
    // An id that is used again: the first request will not be answered.
    this.#end(id);
    const oldest = this.#calls.size < MOST_CALLS ? undefined : this.#calls.keys().next().value;
    if (oldest !== undefined) this.#end(oldest);
    this.#calls.set(id, open);
    return open;
  }

  get(id: unknown): OpenCall | undefined {
    return this.#calls.get(id as string | number);
  }

  take(id: unknown): OpenCall | undefined {
    const open = this.get(id);
    if (open !== undefined) this.#calls.delete(id as string | number);
    return open;
  }

  /** Whether the span of one of them has this id. */
  hasSpan(spanId: string): boolean {
    for (const { call } of this.#calls.values())
      if (call.span.spanContext().spanId === spanId) return true;
    return false;
  }

  /** The connection is gone. */
  endAll(): void {
    for (const id of this.#calls.keys()) this.#end(id);
  }

  #end(id: string | number): void {
    this.take(id)?.call.fail(NOT_ANSWERED);
  }
}

/** Failures that no exception tells: they have a type and a message, and no stack. */
export const NOT_ANSWERED = { code: 'connection_closed', message: 'Connection closed' } as const;
export const CANCELLED = { code: 'cancelled', message: 'Request cancelled' } as const;
export const TIMED_OUT = { code: 'timeout', message: 'Request timed out' } as const;
