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

export interface ReportOptions {
  /** How much of the advice is told. @defaultValue 'summary' */
  readonly advice?: 'none' | 'summary' | 'all' | undefined;
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

  /**
   * To be read: errors first, then warnings, one a line, then advice. A call that sets no option of the request is advised on
   * each that it could have set, so that advice on what is not there is one line for each rule; `all` has a line for each
   * attribute, with its condition.
   */
  toString({ advice = 'summary' }: ReportOptions = {}): string {
    const told = [...this.errors, ...this.warnings].map(lineOf);
    if (advice === 'all') told.push(...this.advice.map(lineOf));
    if (advice === 'summary') told.push(...this.#adviceInShort());
    return [this.#headline(), ...told].join('\n');
  }

  #headline(): string {
    const kind = this.type === undefined ? '' : ` (${this.type})`;
    const counts = [
      [this.errors.length, 'error'],
      [this.warnings.length, 'warning'],
    ] as const;
    const told = counts
      .filter(([count]) => count > 0)
      .map(([count, what]) => `${count} ${what}${count === 1 ? '' : 's'}`);
    return `${this.subject}${kind}: ${told.length === 0 ? 'conforms' : told.join(', ')}`;
  }

  #adviceInShort(): string[] {
    return [
      ...this.advice.filter(({ rule }) => !(rule in ABSENT)).map(lineOf),
      ...Object.entries(ABSENT).flatMap(([rule, asked]) => {
        const names = this.advice
          .filter((finding) => finding.rule === rule)
          .map(({ attribute = '' }) => attribute);
        return names.length === 0 ? [] : [line('advice', `not set, ${asked}`, listOf(names))];
      }),
    ];
  }

  #of(wanted: Severity): readonly Finding[] {
    return this.findings.filter(({ severity }) => severity === wanted);
  }
}

/** Rules whose advice is about attributes that are not there. */
const ABSENT = {
  conditional: 'and required where their condition holds',
  recommended: 'and recommended',
} as const;

/** Names that a line has room for. */
const MOST_NAMES = 3;

function listOf(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  const shown = names.slice(0, more > 1 ? MOST_NAMES : names.length).join(', ');
  return more > 1 ? `${shown} and ${more} more` : shown;
}

function lineOf({ severity, attribute, rule, message }: Finding): string {
  return line(severity, attribute ?? rule, message);
}

function line(severity: Severity, subject: string, message: string): string {
  return `  ${severity.padEnd(8)} ${subject}: ${message}`;
}
