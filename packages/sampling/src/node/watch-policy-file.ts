import { type FSWatcher, watch } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Clock, systemClock, type Timer } from '@llm-otel/core';
import type { LivePolicy } from '../live-policy.ts';
import { checkedMillis } from '../source/checked-millis.ts';
import {
  type PolicySource,
  type PolicySourceOptions,
  PolicyText,
  type RefreshOutcome,
} from '../source/policy-source.ts';

export interface WatchPolicyFileOptions extends PolicySourceOptions {
  /**
   * How often the file is looked at where nobody tells of changes (network file systems, some containers), in
   * milliseconds. @defaultValue 30000
   */
  readonly intervalMillis?: number | undefined;
  /** @defaultValue the clock of the runtime */
  readonly clock?: Clock | undefined;
}

const MAX_BYTES = 256 * 1024;
// An editor writes in steps.
const QUIET_MILLIS = 100;

/**
 * Reads a policy from a JSON file, at once and whenever it changes: written over, replaced by a rename, or behind a
 * symbolic link that is turned (as Kubernetes does with a ConfigMap). What cannot be read or is not valid leaves the
 * policy as it is. Keeps no process alive.
 * @throws InvalidOptionError for an interval that cannot be used
 */
export function watchPolicyFile(
  live: LivePolicy,
  path: string,
  options: WatchPolicyFileOptions = {},
): PolicySource {
  return new FileSource(live, resolve(path), options);
}

class FileSource implements PolicySource {
  readonly #path: string;
  readonly #text: PolicyText;
  readonly #clock: Clock;
  readonly #interval: number;
  readonly #watcher: FSWatcher | undefined;
  #poll: Timer;
  #quiet: Timer;
  #last: Promise<RefreshOutcome> = Promise.resolve('unchanged');
  #stopped = false;

  constructor(live: LivePolicy, path: string, options: WatchPolicyFileOptions) {
    const { clock = systemClock, intervalMillis = 30_000 } = options;
    this.#path = path;
    this.#text = new PolicyText(live, path, options);
    this.#clock = clock;
    this.#interval = checkedMillis('intervalMillis', intervalMillis);
    this.#watcher = this.#watch();
    void this.refresh();
    this.#pollLater();
  }

  refresh(): Promise<RefreshOutcome> {
    // One after the other, so that an older content is never put in last.
    this.#last = this.#last.then(() => this.#look());
    return this.#last;
  }

  stop(): void {
    this.#stopped = true;
    this.#watcher?.close();
    this.#clock.clearTimer(this.#poll);
    this.#clock.clearTimer(this.#quiet);
  }

  /** The folder, because the file itself may be another one after a rename. */
  #watch(): FSWatcher | undefined {
    try {
      const watcher = watch(dirname(this.#path), { persistent: false }, () => this.#lookSoon());
      watcher.on('error', () => watcher.close());
      return watcher;
    } catch {
      // No such folder yet, or no more watchers: the interval is what is left.
      return undefined;
    }
  }

  #lookSoon(): void {
    this.#clock.clearTimer(this.#quiet);
    if (!this.#stopped) this.#quiet = this.#clock.setTimer(() => void this.refresh(), QUIET_MILLIS);
  }

  #pollLater(): void {
    this.#poll = this.#clock.setTimer(() => {
      void this.refresh();
      this.#pollLater();
    }, this.#interval);
  }

  async #look(): Promise<RefreshOutcome> {
    if (this.#stopped) return 'unchanged';
    try {
      const { size } = await stat(this.#path);
      if (size > MAX_BYTES) throw new Error(`the file has more than ${MAX_BYTES} bytes`);
      const text = await readFile(this.#path, 'utf8');
      return this.#stopped ? 'unchanged' : this.#text.put(text);
    } catch (error) {
      return this.#text.failed(error);
    }
  }
}
