/** What was redacted since the redactor was made. Never a value. */
export interface RedactionReport {
  /** Findings by kind: `email_address`, `sensitive_key`, … */
  readonly redacted: Readonly<Record<string, number>>;
  /** Values that were replaced because redacting them failed. */
  readonly failed: number;
}

/** Counts findings. */
export class RedactionCounts {
  #failed = 0;
  readonly #redacted = new Map<string, number>();

  redacted(kind: string): void {
    this.#redacted.set(kind, (this.#redacted.get(kind) ?? 0) + 1);
  }

  failed(): void {
    this.#failed++;
  }

  report(): RedactionReport {
    return { redacted: Object.fromEntries(this.#redacted), failed: this.#failed };
  }
}
