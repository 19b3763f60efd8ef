import { basename, dirname } from 'node:path';
import { FailureLog, type ProgressLine, systemClock } from '@llm-otel/core';
import { DeadLetters } from '../spool/disk/dead-letters.ts';
import { realFiles } from '../spool/disk/files.ts';
import type { LogClient } from '../spool/disk/log-client.ts';
import { readPolicy } from '../spool/disk/log-policy.ts';
import type { OpenLog } from '../spool/disk/open-log.ts';
import { OwnedLogs } from '../spool/disk/owned-logs.ts';
import { Obituaries } from '../spool/disk/owner-lock.ts';
import type { TakenRecord } from '../spool/disk/record-log-options.ts';
import { resolveSpoolOptions } from '../spool/disk-spool-options.ts';
import { type Inventory, readPart } from './damaged-parts.ts';
import type { ReplayReceiver, Stopped } from './replay-receiver.ts';
import type { FoundLog } from './spool-files.ts';

export interface ReplayTotals {
  delivered: number;
  /** Items by reason. */
  readonly refused: Record<string, number>;
  /** Damaged parts. */
  damaged: number;
  /** Items that are where they were. */
  left: number;
  stopped: (Stopped & { readonly url: string }) | undefined;
  readonly problems: string[];
}

/** Why a dead letter is one that no receiver was ever asked about. */
export const DAMAGED = 'damaged';

/**
 * Sends logs record by record, each of them ours meanwhile, and the cursor moved after each: whenever it ends, what has
 * arrived is settled and all else is where it was, or is a dead letter.
 */
export class ReplaySession {
  readonly #inventories: ReadonlyMap<FoundLog, Inventory>;
  readonly #progress: ProgressLine;
  readonly #totals: ReplayTotals = {
    delivered: 0,
    refused: {},
    damaged: 0,
    left: 0,
    stopped: undefined,
    problems: [],
  };
  readonly #all: number;
  #sent = 0;

  constructor(inventories: ReadonlyMap<FoundLog, Inventory>, progress: ProgressLine) {
    this.#inventories = inventories;
    this.#progress = progress;
    this.#all = [...inventories.values()].reduce((sum, { items }) => sum + items, 0);
  }

  async run(
    receivers: ReadonlyMap<string, ReplayReceiver>,
    interrupted: AbortSignal,
  ): Promise<ReplayTotals> {
    const byRoot = Map.groupBy(this.#inventories.keys(), ({ folder }) => dirname(folder));
    for (const [root, logs] of byRoot) {
      const mine = openRoot(root);
      try {
        for (const log of logs)
          await this.#replay(log, mine, receivers.get(log.name.signal)!, interrupted);
      } finally {
        mine.logs.closeAll(false);
      }
    }
    return this.#totals;
  }

  async #replay(
    found: FoundLog,
    { logs, letters, obituaries }: Root,
    receiver: ReplayReceiver,
    interrupted: AbortSignal,
  ): Promise<void> {
    const inventory = this.#inventories.get(found)!;
    if (interrupted.aborted || this.#totals.stopped !== undefined) {
      this.#totals.left += inventory.items;
      return;
    }
    let open: OpenLog | undefined;
    try {
      this.#keepDamaged(found, inventory, letters);
      obituaries.bury(found.name.owner);
      open = logs.claim(basename(found.folder), found.name, NOBODY);
      if (open === undefined) {
        this.#totals.problems.push(`${found.folder} was taken over by a process that has started`);
        return;
      }
      await this.#send(open, receiver, letters, interrupted, () => logs.check());
    } catch (error) {
      this.#totals.problems.push(error instanceof Error ? error.message : String(error));
    }
    if (open === undefined || !logs.all.includes(open)) return;
    this.#totals.left += open.log.items;
    logs.giveBack(open);
  }

  async #send(
    { log, name, policy }: OpenLog,
    receiver: ReplayReceiver,
    letters: DeadLetters,
    interrupted: AbortSignal,
    touch: () => void,
  ): Promise<void> {
    const isLetter = name.refusedBecause !== undefined;
    for (let taken = log.next(); taken !== undefined; taken = log.next()) {
      touch();
      this.#progress.tell(
        `${name.destination} ${name.signal}: ${this.#sent} of ${this.#all} items`,
      );
      const replayed = await receiver.send(taken.request);
      this.#totals.delivered += replayed.delivered;
      if (replayed.stopped !== undefined || interrupted.aborted) {
        const { stopped } = replayed;
        if (stopped !== undefined) this.#totals.stopped = { ...stopped, url: receiver.url };
        // Arrived at the very moment of Ctrl-C.
        const isDone = stopped === undefined && replayed.refused.length === 0;
        if (isDone) taken.stored.settled(taken.request.items);
        else taken.stored.rest();
        return;
      }
      const again = isLetter ? { time: taken.time, policy } : { policy: policy.deadLetters };
      if (!this.#keep(name, replayed.refused, letters, again)) {
        taken.stored.rest();
        return;
      }
      this.#settle(log, taken);
    }
  }

  #settle(log: OpenLog['log'], { stored, request }: TakenRecord): void {
    stored.settled(request.items);
    log.checkpoint();
    this.#sent += request.items;
  }

  /** False where one cannot be kept: then the record has to stay. */
  #keep(
    name: OpenLog['name'],
    refused: Awaited<ReturnType<ReplayReceiver['send']>>['refused'],
    letters: DeadLetters,
    again: Parameters<DeadLetters['put']>[3],
  ): boolean {
    for (const { request, reason } of refused) {
      if (!letters.put(name, request, reason, again)) {
        this.#totals.problems.push(
          'what was refused cannot be written as a dead letter, and stays where it was: is the disk full?',
        );
        return false;
      }
      this.#totals.refused[reason] = (this.#totals.refused[reason] ?? 0) + request.items;
    }
    return true;
  }

  /** Before the log is opened, which passes over what it cannot read. Throws what reading throws. */
  #keepDamaged({ name, folder }: FoundLog, { damaged }: Inventory, letters: DeadLetters): void {
    const { sensitivity, refusedBecause } = name;
    const found = readPolicy(realFiles, folder);
    const policy = refusedBecause === undefined ? found?.deadLetters : found;
    for (const part of damaged) {
      for (const body of readPart(realFiles, part)) {
        const request = { body, items: part.items, sensitivity, format: 'protobuf' as const };
        if (!letters.put(name, request, DAMAGED, { policy }))
          throw new Error(
            `${part.path}: what is damaged cannot be kept, and the log stays as it is: is the disk full?`,
          );
      }
      this.#totals.damaged++;
    }
  }
}

interface Root {
  readonly logs: OwnedLogs;
  readonly letters: DeadLetters;
  readonly obituaries: Obituaries;
}

/** What somebody asks for has no bound: nothing makes room for anything. */
function openRoot(root: string): Root {
  const failures = new FailureLog();
  const directory = dirname(root);
  const options = resolveSpoolOptions({ directory });
  const logs = new OwnedLogs({ ...options, files: realFiles, clock: systemClock, failures, root });
  const letters = new DeadLetters({ directory, maxBytes: Infinity, logs, failures });
  const obituaries = new Obituaries(realFiles, root, logs.identity, systemClock, Infinity);
  return { logs, letters, obituaries };
}

const nothing = (): void => undefined;
/** What is lost was seen before, and is kept. */
const NOBODY: LogClient = {
  destination: '',
  signal: 'traces',
  lost: nothing,
  lostOfOthers: nothing,
  lettersLost: nothing,
  adopted: nothing,
  more: nothing,
  gone: nothing,
};
