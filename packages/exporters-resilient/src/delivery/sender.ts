import type { ItemPriority } from '../batch/telemetry-batch.ts';

/** Something to deliver that the ledger counts in items. */
export interface Payload {
  readonly items: number;
  readonly byteLength: number;
  /** Of its most important item. @defaultValue 1 */
  readonly priority?: ItemPriority | undefined;
  /** Its items are of several priorities. */
  readonly isMixed?: boolean | undefined;
  /** The same items in payloads of one priority each, the most important first, where it is mixed. Told once; nobody needs the whole then. */
  byPriority?(): readonly Payload[];
  /** Told once when the payload has to wait: it moves out of memory that is meant for sending. */
  keep?(): void;
  /** Told once when nobody needs the payload any more and nobody can still be reading it. */
  release?(): void;
}

/** A payload of several priorities as payloads of one each. */
export function partsByPriority<P extends Payload>(payload: P): readonly P[] | undefined {
  // Its parts are what it is itself.
  return payload.isMixed === true
    ? (payload.byPriority?.() as readonly P[] | undefined)
    : undefined;
}

/** The receiver has it, but for `rejected` items it will never take. */
export interface Delivered {
  readonly kind: 'delivered';
  readonly rejected?: number;
  readonly message?: string;
  /** Why it is not known what was rejected, where the rest of the answer is missing or cannot be read. */
  readonly unread?: string | undefined;
}

/** How one attempt ended. */
export type Outcome =
  | Delivered
  /** A transient failure; `afterMillis` when the receiver said how long to leave it alone. */
  | {
      readonly kind: 'retry';
      readonly reason: string;
      readonly afterMillis?: number | undefined;
      /** More than the reason, for the log, without anything secret. */
      readonly detail?: string | undefined;
    }
  /** The receiver will never take it. */
  | { readonly kind: 'refused'; readonly reason: string; readonly message?: string }
  /** It may take it in smaller parts. */
  | { readonly kind: 'too_large'; readonly reason: string; readonly message?: string };

/** The last step to a receiver. Knows nothing of retries. */
export interface Sender<P extends Payload> {
  /**
   * One attempt. A rejection counts as a transient failure. `expect` is told how it will end as soon as that is clear: it is
   * what counts where the rest of the answer does not come in time.
   */
  send(payload: P, signal: AbortSignal, expect?: (outcome: Outcome) => void): Promise<Outcome>;
  /** The payload in smaller parts, or undefined when it cannot be divided. */
  split?(payload: P): readonly P[] | undefined;
}
