/** How bad it is: `error` loses telemetry or data, `warning` may, `note` is worth knowing. */
export type Severity = 'error' | 'warning' | 'note';

/** Something that fails silently, and how to put it right. */
export interface Finding {
  /** Stable across releases, for scripts. */
  readonly id: string;
  readonly severity: Severity;
  /** What was found, with names, versions and values. */
  readonly what: string;
  /** Why it matters. */
  readonly why: string;
  /** What to do. */
  readonly fix: string;
}

/** What one check looked at. */
export interface CheckOutcome {
  /** In a few words: `copies of the OpenTelemetry API`. */
  readonly check: string;
  readonly findings: readonly Finding[];
  /** Why it could not look, where it could not. */
  readonly skipped?: string | undefined;
}
