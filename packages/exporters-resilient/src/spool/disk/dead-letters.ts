import type { FailureLog } from '@llm-otel/core';
import { diag } from '@opentelemetry/api';
import type { StoredRequest } from '../spool.ts';
import type { LogClient } from './log-client.ts';
import type { LogPolicy } from './log-policy.ts';
import { HEADER_BYTES } from './record-header.ts';
import { shrink } from './open-log.ts';
import type { OwnedLogs } from './owned-logs.ts';

export interface DeadLettersOptions {
  /** The folder of the spool, for people. */
  readonly directory: string;
  /** 0: none are kept. */
  readonly maxBytes: number;
  readonly logs: OwnedLogs;
  readonly failures: FailureLog;
}

/**
 * What receivers refused for good, kept for people to look at: a log for each destination, class and reason. They are
 * counted as rejected already and belong to no account any more.
 */
export class DeadLetters {
  readonly #options: DeadLettersOptions;
  readonly #told = new Set<string>();

  constructor(options: DeadLettersOptions) {
    this.#options = options;
  }

  /**
   * False where there is no room for it. Throws what making a log throws.
   * @param again of one that was a dead letter before: it stays as old as it was, and its policy is the one it had
   */
  put(
    client: Pick<LogClient, 'destination' | 'signal'>,
    request: StoredRequest,
    reason: string,
    again: { readonly time?: number | undefined; readonly policy?: LogPolicy | undefined } = {},
  ): boolean {
    const { maxBytes, logs } = this.#options;
    const letters = logs.all.filter((open) => open.client === undefined);
    const room = maxBytes - HEADER_BYTES - request.body.length;
    if (room < 0 || !shrink(letters, room)) return false;
    const { destination, signal } = client;
    const { sensitivity } = request;
    const refusedBecause = reasonWord(reason);
    const open =
      letters.find(
        ({ name }) =>
          name.refusedBecause === refusedBecause &&
          name.destination === destination &&
          name.signal === signal &&
          name.sensitivity === sensitivity,
      ) ?? logs.make({ destination, signal, sensitivity, refusedBecause }, undefined, again.policy);
    const stored = open.log.put(request, again.time);
    if ('refused' in stored) return false;
    stored.rest();
    this.#tell(destination, refusedBecause);
    return true;
  }

  /** Once for each destination and reason. */
  #tell(destination: string, reason: string): void {
    const key = `${reason} ${destination}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
    const { failures, directory } = this.#options;
    failures.guard('logging', () =>
      diag.warn(
        `llm-otel: what ${destination} refuses (${reason}) is kept as dead letters: llm-otel spool ls --dead-letters --directory ${JSON.stringify(directory)} (told once)`,
      ),
    );
  }
}

/** As it stands in the name of a folder. */
function reasonWord(reason: string): string {
  return reason.replaceAll(/[^\w-]/g, '_').slice(0, 40) || 'unknown';
}
