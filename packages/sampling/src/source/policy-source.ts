import { FailureLog } from '@llm-otel/core';
import type { LivePolicy } from '../live-policy.ts';
import { jsonOf } from './json-of.ts';

/** What came of looking for a policy. */
export type RefreshOutcome =
  /** Another policy is in force. */
  | 'updated'
  | 'unchanged'
  /** Unreachable, unreadable or invalid: the policy before stays in force. */
  | 'failed';

/** Keeps a live policy up to date from somewhere else. */
export interface PolicySource {
  /** Looks now. Never rejects: a failure is logged once in a row, and told to `onFailure`. */
  refresh(): Promise<RefreshOutcome>;
  /** Ends it. The policy stays as it is. */
  stop(): void;
}

export interface PolicySourceOptions {
  /** Is told each failure. @defaultValue the first of a row is logged through `diag` */
  readonly onFailure?: ((error: unknown) => void) | undefined;
}

/** Puts texts into a live policy, each once. */
export class PolicyText {
  readonly #live: LivePolicy;
  readonly #name: string;
  readonly #onFailure: ((error: unknown) => void) | undefined;
  #failures = new FailureLog();
  #last: string | undefined;

  /** @param name - where the texts come from, for messages */
  constructor(live: LivePolicy, name: string, { onFailure }: PolicySourceOptions) {
    this.#live = live;
    this.#name = name;
    this.#onFailure = onFailure;
  }

  put(text: string): RefreshOutcome {
    if (text === this.#last) return 'unchanged';
    try {
      this.#live.update(jsonOf(text));
    } catch (error) {
      return this.failed(error);
    }
    this.#last = text;
    // The next failure is news again.
    this.#failures = new FailureLog();
    return 'updated';
  }

  failed(error: unknown): 'failed' {
    if (this.#onFailure === undefined) {
      this.#failures.report(`reading the sampling policy from ${this.#name}`, error);
    } else {
      this.#failures.guard('a failure listener', () => this.#onFailure?.(error));
    }
    return 'failed';
  }
}
