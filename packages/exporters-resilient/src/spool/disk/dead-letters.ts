import type { FailureLog } from '@llm-otel/core';
import { diag } from '@opentelemetry/api';
import type { StoredRequest } from '../spool.ts';
import type { LogClient } from './log-client.ts';
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

  /** Throws what writing throws. */
  put(client: LogClient, request: StoredRequest, reason: string): void {
    const { maxBytes, logs } = this.#options;
    const letters = logs.all.filter((open) => open.client === undefined);
    const room = maxBytes - HEADER_BYTES - request.body.length;
    if (room < 0 || !shrink(letters, room)) return;
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
      ) ?? logs.make({ destination, signal, sensitivity, refusedBecause });
    const stored = open.log.put(request);
    if ('refused' in stored) return;
    stored.rest();
    this.#tell(destination, refusedBecause);
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
