import type { SpanType } from '../typed-attributes.ts';

/**
 * `error`: the conventions say must, and it is not so. `warning`: allowed, but probably not meant. `advice`: asked for
 * where it is known or where its condition holds, which a span alone does not show.
 */
export type Severity = 'error' | 'warning' | 'advice';

export type Rule =
  | 'name'
  | 'kind'
  | 'status'
  | 'required'
  | 'conditional'
  | 'recommended'
  | 'forbidden'
  | 'unlisted'
  | 'unknown'
  | 'removed'
  | 'type'
  | 'value'
  | 'shape'
  | 'content'
  | 'sampling'
  | 'metric';

/** One thing that is not as the conventions have it. */
export interface Finding {
  readonly severity: Severity;
  readonly rule: Rule;
  /** The attribute it is about. */
  readonly attribute?: string | undefined;
  /** What is wrong and what it should be, in one sentence without the name of the attribute. */
  readonly message: string;
}

/** What a check found. Written out, it is a report to read. */
export class ConformanceReport {
  /** Name of the span, event or metric. */
  readonly subject: string;
  /** What kind of span it was taken for; undefined where it is none of the conventions. */
  readonly type: SpanType | undefined;
  readonly findings: readonly Finding[];

  constructor(subject: string, type: SpanType | undefined, findings: readonly Finding[]) {
    this.subject = subject;
    this.type = type;
    this.findings = findings;
  }

  /** No errors. */
  get passed(): boolean {
    return this.errors.length === 0;
  }

  get errors(): readonly Finding[] {
    return this.#of('error');
  }

  get warnings(): readonly Finding[] {
    return this.#of('warning');
  }

  get advice(): readonly Finding[] {
    return this.#of('advice');
  }

  /** Errors and warnings, one a line; with `advice` all findings. */
  toString({ advice = false }: { readonly advice?: boolean } = {}): string {
    const shown = [...this.errors, ...this.warnings, ...(advice ? this.advice : [])];
    const lines = shown.map(
      ({ severity, attribute, rule, message }) =>
        `  ${severity.padEnd(8)} ${attribute ?? rule}: ${message}`,
    );
    return [this.#headline(), ...lines].join('\n');
  }

  #headline(): string {
    const kind = this.type === undefined ? '' : ` (${this.type})`;
    const counts = [
      [this.errors.length, 'error'],
      [this.warnings.length, 'warning'],
      [this.advice.length, 'piece of advice'],
    ] as const;
    const told = counts
      .filter(([count]) => count > 0)
      .map(([count, what]) => `${count} ${count === 1 ? what : plural(what)}`);
    return `${this.subject}${kind}: ${told.length === 0 ? 'conforms' : told.join(', ')}`;
  }

  #of(wanted: Severity): readonly Finding[] {
    return this.findings.filter(({ severity }) => severity === wanted);
  }
}

function plural(what: string): string {
  return what.startsWith('piece') ? 'pieces of advice' : `${what}s`;
}
