import type { CustomPatterns } from './custom-patterns.ts';
import { detectorKinds } from './detectors/all-detectors.ts';
import { BASE62, isIn, VALUE_STOPS } from './engine/characters.ts';
import type { Scanner } from './engine/scanner.ts';
import { mergeSpans, type Span } from './engine/span.ts';
import { jsonSpans } from './json-spans.ts';
import type { KeyRules } from './keys/key-rules.ts';
import type { RedactionCounts } from './redaction-counts.ts';
import type { Replacement } from './replacement.ts';

/** JSON inside JSON inside JSON: how far it is followed. */
const MOST_NESTED = 4;
/** A placeholder between two letters makes boundaries that were none. How often such a text is looked at again. */
const MOST_ROUNDS = 4;

export interface TextRedactorParts {
  readonly scanner: Scanner;
  readonly keys: KeyRules;
  readonly patterns: CustomPatterns | undefined;
  readonly allowedValues: ReadonlySet<string>;
  readonly replacement: Replacement;
  readonly counts: RedactionCounts;
}

/** Redacts one text. No bounds on time or failures here: that is the caller's part. */
export class TextRedactor {
  readonly #parts: TextRedactorParts;

  constructor(parts: TextRedactorParts) {
    this.#parts = parts;
  }

  /** The same string when there is nothing to change. `path` is the key the text stands under. */
  redact(text: string, path = '', depth = 0): string {
    const { allowedValues } = this.#parts;
    if (allowedValues.size > 0 && allowedValues.has(text)) return text;
    let current = text;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const spans = this.#find(current, path, depth);
      if (spans === undefined || spans.length === 0) break;
      const touches = spans.some((span) => touchesWord(current, span));
      current = this.#replace(current, spans);
      if (!touches) break;
    }
    return current;
  }

  /** What stands in place of a value that goes because of its key. */
  replace(kind: string, value: string): string {
    this.#parts.counts.redacted(kind);
    return this.#parts.replacement(kind, value);
  }

  #find(text: string, path: string, depth: number): readonly Span[] | undefined {
    const { scanner, keys, patterns, allowedValues } = this.#parts;
    let spans: readonly Span[] | undefined = scanner.find(text);
    const { sawSensitiveKey } = scanner.scan;
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
    return jsonSpans(text, { spans: spans ?? [], keys, path, depth, redactor: this }) ?? spans;
  }

  /** Whether a rule such as `customer.*` says something about keys below `path`. */
  #rulesBelow(path: string): boolean {
    const { keys } = this.#parts;
    return keys.usesPaths && path !== '' && keys.decide(`${path}.x`) === 'block';
  }

  #replace(text: string, spans: readonly Span[]): string {
    const { replacement, counts } = this.#parts;
    const out: string[] = [];
    let from = 0;
    for (const span of spans) {
      out.push(text.slice(from, span.from));
      if (span.replacement === undefined) {
        counts.redacted(span.kind);
        const quote = span.quote ?? '';
        out.push(quote, replacement(span.kind, text.slice(span.from, span.to)), quote);
      } else out.push(span.replacement);
      from = span.to;
    }
    out.push(text.slice(from));
    return out.join('');
  }
}

/** Whether a word stands right before or behind the span: beside a placeholder it ends or starts there. */
function touchesWord(text: string, { from, to }: Span): boolean {
  if (isIn(BASE62, text.charCodeAt(from - 1))) return true;
  return to < text.length && !isIn(VALUE_STOPS, text.charCodeAt(to));
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

/** Escapes that can stand inside a token: an ASCII character as `\u00XX`, and `\/`. */
function hidesInEscapes(text: string): boolean {
  return text.includes('\\u00') || text.includes('\\/');
}
