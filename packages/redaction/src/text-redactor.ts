import type { CustomPatterns } from './custom-patterns.ts';
import { detectorKinds } from './detectors/all-detectors.ts';
import { BASE64, isIn, LEFT_OF_SETTLED, VALUE_STOPS } from './engine/characters.ts';
import { DisguisedSpans } from './disguised-spans.ts';
import type { Scanner } from './engine/scanner.ts';
import { mergeSpans, type Span } from './engine/span.ts';
import type { TimeBudget } from './engine/time-budget.ts';
import { jsonSpans } from './json-spans.ts';
import type { KeyRules } from './keys/key-rules.ts';
import type { RedactionAction } from './policy/redaction-policy.ts';
import type { RedactionCounts } from './redaction-counts.ts';
import type { Replacement } from './replacement.ts';

/** JSON inside JSON inside JSON: how far it is followed. */
const MOST_NESTED = 4;
/**
 * How often a text is looked at: until nothing more is found. A placeholder makes boundaries where there were none
 * (`4111111111111111.sk-…`), and redacting twice must be the same as redacting once.
 */
const MOST_ROUNDS = 5;
/** Between two groups of a number. */
const ESCAPED_TAB = /\d\\t[\dA-Z]/;
const COLON = 58;
const EQUALS = 61;
/** In characters of base64. */
const SHORTEST_KEY = 24;
const AT = 64;
/** The area code of a phone number may start with it. */
const OPEN = 40;

export interface TextRedactorParts {
  readonly scanner: Scanner;
  readonly keys: KeyRules;
  readonly patterns: CustomPatterns | undefined;
  readonly allowedValues: ReadonlySet<string>;
  readonly replacement: Replacement;
  readonly action: (kind: string) => RedactionAction;
  readonly counts: RedactionCounts;
  /** Asked in everything that takes longer with longer texts. */
  readonly budget?: TimeBudget | undefined;
}

/** Redacts one text. No bounds on time or failures here: that is the caller's part. */
export class TextRedactor {
  readonly #parts: TextRedactorParts;
  readonly #disguised: DisguisedSpans;

  constructor(parts: TextRedactorParts) {
    this.#parts = parts;
    this.#disguised = new DisguisedSpans(parts.scanner, parts.patterns, parts.budget);
  }

  /** The same string when there is nothing to change. `path` is the key the text stands under. */
  redact(text: string, path = '', depth = 0): string {
    if (this.isAllowed(text)) return text;
    if (depth === 0) this.#parts.patterns?.start();
    let current = text;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const spans = this.#find(current, path, depth);
      if (spans === undefined || spans.length === 0) break;
      const previous = current;
      current = this.#replace(previous, spans);
      // Where a finding left nothing behind, what followed it must not be taken for it.
      if (spans.every((span) => isSettled(previous, span)) || this.#removes(spans)) break;
    }
    return current;
  }

  /** Whether the policy lets that value leave, whatever its key says. */
  isAllowed(value: string): boolean {
    const { allowedValues } = this.#parts;
    return allowedValues.size > 0 && allowedValues.has(value);
  }

  /** What stands in place of a value that goes because of its key. */
  replace(kind: string, value: string): string {
    this.#parts.counts.redacted(kind, this.#parts.action(kind));
    return this.#parts.replacement(kind, value);
  }

  #removes(spans: readonly Span[]): boolean {
    const { action } = this.#parts;
    return spans.some(
      (span) =>
        span.replacement === undefined &&
        span.overwritten === undefined &&
        action(span.kind) === 'remove',
    );
  }

  /** What would be replaced in the text as it stands, without replacing it. */
  findings(text: string): readonly Span[] {
    this.#parts.patterns?.start();
    return this.#find(text, '', MOST_NESTED) ?? [];
  }

  #find(text: string, path: string, depth: number): readonly Span[] | undefined {
    const { scanner, keys, patterns, allowedValues, budget } = this.#parts;
    let spans: readonly Span[] | undefined = scanner.find(text);
    const { sawSensitiveKey } = scanner.scan;
    const disguised = this.#disguised.find(text);
    if (disguised !== undefined) spans = mergeSpans([...(spans ?? []), ...disguised]);
    const found = patterns?.find(text);
    if (found !== undefined && found.length > 0) spans = mergeSpans([...(spans ?? []), ...found]);
    if (spans !== undefined && allowedValues.size > 0) {
      spans = spans.filter(({ from, to }) => !allowedValues.has(text.slice(from, to)));
      if (spans.length === 0) spans = undefined;
    }
    if (depth >= MOST_NESTED || !mayBeJson(text)) return spans;
    const hasReason =
      spans !== undefined || sawSensitiveKey || hidesInEscapes(text) || this.#rulesBelow(path);
    if (!hasReason) return undefined;
    return (
      jsonSpans(text, { spans: spans ?? [], keys, path, depth, redactor: this, budget }) ?? spans
    );
  }

  /** Whether a rule such as `customer.*` says something about keys below `path`. */
  #rulesBelow(path: string): boolean {
    const { keys } = this.#parts;
    return keys.usesPaths && path !== '' && keys.decide(`${path}.x`) === 'block';
  }

  #replace(text: string, spans: readonly Span[]): string {
    const { replacement, counts, action, budget } = this.#parts;
    let out = '';
    let from = 0;
    for (const { kind, from: start, to, quote = '', replacement: ready, overwritten } of spans) {
      budget?.step();
      out += text.slice(from, start);
      if (ready === undefined) {
        counts.redacted(kind, action(kind));
        out += overwritten ?? quote + replacement(kind, text.slice(start, to)) + quote;
      } else out += ready;
      from = to;
    }
    return out + text.slice(from);
  }
}

/** Whether a placeholder in place of the span leaves everything around it what it was. */
function isSettled(text: string, { from, to }: Span): boolean {
  const before = text.charCodeAt(from - 1);
  const behind = text.charCodeAt(to);
  return (
    (from === 0 ||
      before === COLON ||
      (isIn(LEFT_OF_SETTLED, before) && !endsBase64(text, from))) &&
    (to === text.length || behind === AT || (isIn(VALUE_STOPS, behind) && behind !== OPEN)) &&
    // With a quote gone, the others pair up anew.
    !/["'`]/.test(text.slice(from, to))
  );
}

/** Whether what stands before `to` may be a key that ends there: another one was glued to it. */
function endsBase64(text: string, to: number): boolean {
  if (text.charCodeAt(to - 1) !== EQUALS) return false;
  for (let at = to - 1; at >= to - SHORTEST_KEY; at--)
    if (!isIn(BASE64, text.charCodeAt(at))) return false;
  return true;
}

/** Whether `kind` is one of ours, or the name of a pattern of the policy. */
export function isKnownKind(kind: string, patternNames: readonly string[]): boolean {
  return kind === 'default' || detectorKinds.has(kind) || patternNames.includes(kind);
}

function mayBeJson(text: string): boolean {
  for (let i = 0; i < Math.min(text.length, 64); i++) {
    const code = text.charCodeAt(i);
    if (code === 32 || code === 9 || code === 10 || code === 13) continue;
    return code === 123 || code === 91 || code === 34;
  }
  return false;
}

/** Escapes that can stand inside a token or a number: an ASCII character as `\u00XX` or `\xXX`, `\/`, and a tab. */
function hidesInEscapes(text: string): boolean {
  return (
    text.includes('\\') &&
    (text.includes('\\u00') ||
      text.includes('\\/') ||
      text.includes('\\\\x') ||
      ESCAPED_TAB.test(text))
  );
}
