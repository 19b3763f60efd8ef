import type { Signal } from '@llm-otel/core';
import type { Stored } from '../../delivery/backlog.ts';
import type { Fsync } from '../disk-spool-options.ts';
import type { Sensitivity } from '../sensitivity.ts';
import type { StoredRequest } from '../spool.ts';
import type { Files } from './files.ts';
import type { LossReason } from './hands.ts';

export interface RecordLogOptions {
  readonly files: Files;
  /** Exists. Nobody else writes into it. */
  readonly folder: string;
  readonly signal: Signal;
  readonly sensitivity: Sensitivity;
  readonly segmentBytes: number;
  readonly fsync: Fsync;
  /** Milliseconds since the Unix epoch that do not jump while the process lives. */
  readonly now: () => number;
  /** Items that lay at rest and will not be delivered. */
  readonly lost: (reason: LossReason, items: number) => void;
  readonly failed: (what: string, error: unknown) => void;
}

/** A record with the hold on it. */
export interface TakenRecord {
  /** When it was written, milliseconds since the Unix epoch. */
  readonly time: number;
  readonly request: StoredRequest;
  readonly stored: Stored;
}
