import { join } from 'node:path';
import { type Files, namesIn } from './files.ts';
import type { LogName } from './log-name.ts';
import { type LogPolicy, readPolicy } from './log-policy.ts';
import { expire, type OpenLog, shrink } from './open-log.ts';
import { plausibleTime } from './segments.ts';

// Whoever can deliver a log should have found it by then.
const GRACE_MILLIS = 60_000;

export interface LeftoversOptions {
  readonly files: Files;
  readonly root: string;
  /** For logs that do not say what their own is. */
  readonly policyOf: (name: LogName) => LogPolicy;
  /** Takes a log over. Undefined when another process was quicker. */
  readonly claim: (leftover: Leftover) => OpenLog | undefined;
  /** Lets go of it again, for whoever finds it. */
  readonly release: (open: OpenLog) => void;
}

/** A log of a dead process that none of our destinations can deliver, or dead letters of one. */
export interface Leftover {
  /** Name of its folder. */
  readonly found: string;
  readonly name: LogName;
}

interface Looked extends Leftover {
  readonly policy: LogPolicy;
  readonly bytes: number;
  /** When the oldest segment was last written, milliseconds since the Unix epoch. */
  readonly oldest: number;
  readonly since: number;
}

/**
 * Keeps what nobody delivers within the bounds of those who wrote it: by age, log for log, and all together by the largest
 * of their bounds and ours. So an application with smaller bounds takes nothing from another one in the same folder.
 */
export class Leftovers {
  readonly #options: LeftoversOptions;
  readonly #looked = new Map<string, Looked>();

  constructor(options: LeftoversOptions) {
    this.#options = options;
  }

  /** @param now milliseconds since the Unix epoch that do not jump. Throws what claiming throws. */
  tend(leftovers: readonly Leftover[], now: number): void {
    const there = new Set(leftovers.map(({ found }) => found));
    for (const found of this.#looked.keys()) if (!there.has(found)) this.#looked.delete(found);
    for (const leftover of leftovers)
      if (!this.#looked.has(leftover.found))
        this.#looked.set(leftover.found, this.#look(leftover, now));
    for (const looked of this.#looked.values())
      if (now - looked.oldest >= looked.policy.maxAgeMillis)
        this.#change(looked, (open) => expire(open, now));
    this.#bound(now, ({ name }) => name.refusedBecause === undefined);
    this.#bound(now, ({ name }) => name.refusedBecause !== undefined);
  }

  #bound(now: number, isOfKind: (looked: Looked) => boolean): void {
    const ofKind = [...this.#looked.values()].filter(isOfKind);
    let bytes = 0;
    let most = 0;
    for (const looked of ofKind) {
      bytes += looked.bytes;
      const ours = this.#options.policyOf(looked.name).maxBytes;
      most = Math.max(most, looked.policy.maxBytes, ours);
    }
    const oldestFirst = ofKind.toSorted((a, b) => a.oldest - b.oldest);
    for (const looked of oldestFirst) {
      if (bytes <= most) return;
      if (now - looked.since < GRACE_MILLIS) continue;
      const kept = Math.max(0, looked.bytes - (bytes - most));
      this.#change(looked, (open) => shrink([open], kept));
      bytes -= looked.bytes - kept;
    }
  }

  #change(looked: Looked, change: (open: OpenLog) => void): void {
    this.#looked.delete(looked.found);
    const open = this.#options.claim(looked);
    if (open === undefined) return;
    try {
      change(open);
    } finally {
      this.#options.release(open);
    }
  }

  #look({ found, name }: Leftover, now: number): Looked {
    const { files, root, policyOf } = this.#options;
    const folder = join(root, found);
    let bytes = 0;
    let oldest = now;
    for (const file of namesIn(files, folder)) {
      if (!file.endsWith('.seg')) continue;
      try {
        const { size, mtimeMs } = files.statSync(join(folder, file));
        bytes += size;
        oldest = Math.min(oldest, plausibleTime(mtimeMs, now));
      } catch {
        // Somebody was quicker.
      }
    }
    const policy = readPolicy(files, folder) ?? policyOf(name);
    return { found, name, policy, bytes, oldest, since: now };
  }
}
