import type { RedactionAction } from './policy/redaction-policy.ts';

/** What leaves: spans, metrics, log records, or baggage. */
export type RedactionSignal = 'traces' | 'metrics' | 'logs' | 'baggage';

/** Findings that have all of this in common. */
export interface RedactionCount {
  readonly kind: string;
  readonly action: RedactionAction;
  /** Undefined where `redact` or `redactDeep` were called directly. */
  readonly signal: RedactionSignal | undefined;
  /** Name of the attribute, redacted too. Undefined for names, messages and bodies, and beyond 1,000 different ones. */
  readonly attribute: string | undefined;
  readonly count: number;
}

/** One finding as it happens. Never a value. */
export type RedactionFinding = Omit<RedactionCount, 'count'>;

/** What was redacted since the redactor was made. Never a value. */
export interface RedactionReport {
  /** Findings by kind: `email_address`, `sensitive_key`, … */
  readonly redacted: Readonly<Record<string, number>>;
  /** Values that were replaced because redacting them failed. */
  readonly failed: number;
}

/** The same in detail: by kind, action, signal and attribute. */
export interface RedactionAudit extends RedactionReport {
  readonly counts: readonly RedactionCount[];
}

const MOST_COUNTS = 1000;

/** Counts findings. */
export class RedactionCounts {
  /** Where the value at hand stands. */
  signal: RedactionSignal | undefined;
  attribute: string | undefined;
  /** Called with every finding. */
  onFinding: ((finding: RedactionFinding) => void) | undefined;
  #failed = 0;
  readonly #redacted = new Map<string, number>();
  readonly #counts = new Map<string, RedactionCount & { count: number }>();

  redacted(kind: string, action: RedactionAction): void {
    this.#redacted.set(kind, (this.#redacted.get(kind) ?? 0) + 1);
    const { signal } = this;
    let { attribute } = this;
    this.onFinding?.({ kind, action, signal, attribute });
    let key = `${kind}\n${action}\n${signal ?? ''}\n${attribute ?? ''}`;
    if (attribute !== undefined && this.#counts.size >= MOST_COUNTS && !this.#counts.has(key)) {
      attribute = undefined;
      key = `${kind}\n${action}\n${signal ?? ''}\n`;
    }
    const known = this.#counts.get(key);
    if (known === undefined) this.#counts.set(key, { kind, action, signal, attribute, count: 1 });
    else known.count++;
  }

  failed(): void {
    this.#failed++;
  }

  report(): RedactionReport {
    return { redacted: Object.fromEntries(this.#redacted), failed: this.#failed };
  }

  audit(): RedactionAudit {
    return { ...this.report(), counts: structuredClone([...this.#counts.values()]) };
  }
}
