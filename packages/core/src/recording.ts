import type { Signal } from './ledger.ts';

/** Telemetry that was recorded: a file, the standard input, or a log of a spool. */
export interface Recording {
  /** As a person would name it. */
  readonly name: string;
  /** Of a spool: the destination that it waits for. */
  readonly destination?: string | undefined;
  /** How large it is, packed as it lies there. Absent where nobody knows. */
  readonly bytes: number | undefined;
  /** How much of `bytes` has been read so far. */
  readonly bytesRead: number;
  /** Parts that could not be read and were passed over so far, and what was wrong with the first. */
  readonly damage: { readonly parts: number; readonly first?: string | undefined };
  /** What it holds, in its order, read bit by bit: a recording may be larger than memory. Can be read once. */
  requests(): AsyncIterable<RecordedRequest>;
}

/** An export request of OTLP. */
export interface RecordedRequest {
  readonly signal: Signal;
  /** As OTLP/JSON has it. Of JSON just as it was parsed: nothing says that it keeps to the form. */
  readonly request: Readonly<Record<string, unknown>>;
  /** Where it stands: `line 12`, `request 3`. */
  readonly place: string;
}
