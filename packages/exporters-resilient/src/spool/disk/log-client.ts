import type { Signal } from '@llm-otel/core';
import type { LossReason } from './hands.ts';
import type { RecordLog } from './record-log.ts';

/** Whose logs these are, and what it wants to hear. */
export interface LogClient {
  readonly destination: string;
  readonly signal: Signal;
  lost(reason: LossReason, items: number): void;
  /** The same of a log that nobody has a destination for: someone has to count it. */
  lostOfOthers(reason: LossReason, items: number): void;
  /** Dead letters that are kept no longer. They belong to no account, and someone has to count them too. */
  lettersLost(reason: LossReason, items: number): void;
  /** A log of an earlier process that is ours now: what is lost of it from here on is counted. */
  adopted(log: RecordLog): void;
  /** There may be more to deliver. */
  more(): void;
  /** The log is gone: another process took this one for dead, or its files were removed. */
  gone(log: RecordLog): void;
}
