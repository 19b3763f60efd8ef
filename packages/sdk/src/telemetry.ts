import type { ContentMode, ExceptionSignal } from '@llm-otel/llm-conventions';
import type { LedgerSnapshot, TimeLimit } from '@llm-otel/core';
import type { FlushReport, Logger } from '@llm-otel/core/setup';
import type { RedactionReport } from '@llm-otel/redaction';
import type { RedactionPolicy } from '@llm-otel/redaction/policy';
import type { Meter, Tracer } from '@opentelemetry/api';
import type { PresetName } from './telemetry-options.ts';

/**
 * How a flush or a shutdown went. Counts are of spans and data points together, each once for every destination, since
 * the last report.
 */
export interface TelemetryReport extends FlushReport {
  /** Acknowledged by a receiver. */
  readonly delivered: number;
  /** In the spool at this moment, on their way or not: a later process delivers what this one does not. */
  readonly spooled: number;
  /** Refused by a receiver for good. */
  readonly rejected: number;
  /** Given up. */
  readonly dropped: number;
  /** In memory only at this moment, since the time was over: a problem each signal that has any. */
  readonly pending: number;
}

/** Telemetry that was started, or that is off: then everything can be called and does nothing. */
export interface Telemetry extends AsyncDisposable {
  readonly enabled: boolean;
  /** Absent when telemetry is off. */
  readonly preset: PresetName | undefined;
  /** What to pass on: `createGenAi({ content: telemetry.content })`. */
  readonly content: ContentMode;
  /** What to pass on with it: `createGenAi({ content: telemetry.content, exceptions: telemetry.exceptions })`. */
  readonly exceptions: ExceptionSignal;
  tracer(name?: string, version?: string): Tracer;
  meter(name?: string, version?: string): Meter;
  /** Emits nothing unless `logs` is on or `logRecordProcessors` were given. */
  logger(name?: string, version?: string): Logger;
  /** Where every span and every data point is, one snapshot for each signal. */
  ledger(): LedgerSnapshot[];
  /** What was taken out so far, by kind, and how often that failed (the span is dropped then). */
  redactions(): RedactionReport;
  /**
   * Another policy in the place of the option `redaction`, from the next value on, also for what `diag` tells; what the
   * environment adds to it holds on. Spans that wait in the queue leave by the new one.
   * @throws InvalidOptionError for a policy that cannot be used, naming the member; the old one stays
   */
  updateRedaction(policy: RedactionPolicy | false): void;
  /**
   * For callers that can wait, such as a batch job between two documents: resolves with true when the queue for spans is at most
   * half full and every destination takes more, with false after the timeout. At once where there is a spool, and where
   * telemetry is off. @defaultValue 25000 ms
   */
  ready(options?: TimeLimit): Promise<boolean>;
  /** Sends everything that waits. Never rejects. Environment: `OTEL_BSP_EXPORT_TIMEOUT`, `OTEL_BLRP_EXPORT_TIMEOUT`. @defaultValue 25000 ms */
  forceFlush(options?: TimeLimit): Promise<TelemetryReport>;
  /**
   * Flushes and ends everything, and unregisters it. A second call gets the outcome of the first, with
   * what was lost since. Never rejects.
   * What cannot be sent in time is dropped and counted in the ledger. @defaultValue 10000 ms; 2000 ms in development
   * where neither an option nor a variable names a receiver
   */
  shutdown(options?: TimeLimit): Promise<TelemetryReport>;
}
