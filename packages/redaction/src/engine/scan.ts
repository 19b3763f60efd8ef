import { isBeyondAscii } from './anchor-index.ts';
import { BASE62, DOT, isIn, LETTERS, UNDERSCORE, type Alphabet } from './characters.ts';
import { endsEscape } from './ends-escape.ts';
import { mayBeJoint, mayEndJoint } from './joints.ts';
import type { Span } from './span.ts';

const BACKSLASH = 92;
const REMEMBERED_RUNS = 4;
const WORTH_REMEMBERING = 32;
const FIRST_LETTER_BEYOND_ASCII = 0xc0;

/** A table of which a text may hold the first part only. */
export interface OpenTable {
  /** A row of names that stands for that of the table: what no value goes for is left out. */
  readonly head: string;
  /** Whether the text ends between two rows. */
  readonly isAtRow: boolean;
}

/**
 * One pass over one text: what the matchers ask about it and what they found. Everything that could make a
 * hostile text slow is remembered here, so that no stretch is walked once per anchor.
 */
export class Scan {
  text = '';
  length = 0;
  /** End of the last span found. Nothing before it is looked at again. */
  floor = 0;
  /** Where the last line ends that was looked at as one of a table. */
  tableEnd = 0;
  /** Where the last map or list ends that was looked into because of its name. */
  innerEnd = 0;
  /** Up to where parameters of a statement were counted, and how many there are. */
  parametersEnd = 0;
  parameters = 0;
  /** The table that goes on at the end of the text. */
  openTable: OpenTable | undefined;
  /** True once a name that asks for redaction was seen, whatever stood behind it. */
  sawSensitiveKey = false;
  /** True once quotes stood side by side as those of a text inside of a cell of CSV do. */
  sawDoubledQuotes = false;
  /** True once a tab stood behind digits, and in front of what may belong to the same number. */
  sawTabs = false;
  /** True once something that may be the start of a token ended where texts are joined. */
  sawJoint = false;
  /** Characters walked by matchers, beside the pass itself. Tests assert that it grows linearly. */
  work = 0;
  spans: Span[] | undefined;
  readonly #runs = new Int32Array(REMEMBERED_RUNS * 3);
  readonly #nextOf = new Map<string, { readonly from: number; readonly place: number }>();
  #unsure: Span[] | undefined;
  #oldestRun = 0;
  /** The last long run of letters of any alphabet. */
  #lettersFrom = 0;
  #lettersEnd = 0;
  #hasRuns = false;

  start(text: string): void {
    this.text = text;
    this.length = text.length;
    this.floor = 0;
    this.tableEnd = 0;
    this.innerEnd = 0;
    this.parametersEnd = 0;
    this.parameters = 0;
    this.openTable = undefined;
    this.sawSensitiveKey = false;
    this.sawDoubledQuotes = false;
    this.sawTabs = false;
    this.sawJoint = false;
    this.spans = undefined;
    this.#unsure = undefined;
    if (this.#hasRuns) this.#runs.fill(0);
    this.#hasRuns = false;
    this.#lettersEnd = 0;
    if (this.#nextOf.size > 0) this.#nextOf.clear();
  }

  /** Lets go of the text. */
  finish(): void {
    this.text = '';
  }

  code(index: number): number {
    return this.text.charCodeAt(index);
  }

  is(alphabet: Alphabet, index: number): boolean {
    return isIn(alphabet, this.text.charCodeAt(index));
  }

  /** Whether `folded` stands at `from`, in any case and with `-` and `_` being the same. */
  continues(folded: string, from: number): boolean {
    for (let i = 0; i < folded.length; i++) {
      const code = this.text.charCodeAt(from + i);
      const wanted = folded.charCodeAt(i);
      if (code === wanted || (code | 32) === wanted || (code === 95 && wanted === 45)) continue;
      // The detector looks at the letters themselves.
      if (!(isBeyondAscii(wanted) && isBeyondAscii(code))) return false;
    }
    return true;
  }

  /** Notes a span. Returns true, so that a matcher can end with it. */
  found(kind: string, from: number, to: number, quote?: string): true {
    const start = Math.max(from, this.floor);
    if (start < to) {
      this.mayGoOn(to);
      (this.spans ??= []).push({
        kind,
        from: start,
        to,
        ...(quote === undefined ? undefined : { quote }),
      });
      this.floor = to;
    }
    return true;
  }

  /** Notes that something may go on behind the end of a line or of a text in quotes: asked where it ends. */
  mayGoOn(at: number): void {
    this.sawJoint ||= mayBeJoint(this.text, at);
  }

  /** The same for what may also go on in front. */
  mayBePart(from: number, to: number): void {
    this.sawJoint ||= mayBeJoint(this.text, to) || mayEndJoint(this.text, from);
  }

  /** Notes a span that stands before or behind the place of the pass. */
  alsoFound(kind: string, from: number, to: number, quote?: string): void {
    (this.spans ??= []).push({ kind, from, to, ...(quote === undefined ? undefined : { quote }) });
  }

  /** Notes a span that another detector may name better. Returns false: the pass goes on in it. */
  maybeFound(kind: string, from: number, to: number): false {
    (this.#unsure ??= []).push({ kind, from, to });
    return false;
  }

  /** Ends the search: the spans, those that are unsure last. */
  allSpans(): Span[] | undefined {
    if (this.#unsure === undefined) return this.spans;
    return [...(this.spans ?? []), ...this.#unsure];
  }

  /** Where the run of characters of `alphabet` that starts at `from` ends. */
  runEnd(alphabet: Alphabet, from: number): number {
    return this.#end(alphabet, from, true);
  }

  /** The next place from `from` on of a character of `stops`, or the length of the text. */
  runUntil(stops: Alphabet, from: number): number {
    return this.#end(stops, from, false);
  }

  #end(alphabet: Alphabet, from: number, inside: boolean): number {
    const name = inside ? alphabet : ~alphabet;
    const runs = this.#runs;
    for (let i = 0; i < runs.length; i += 3) {
      if (runs[i] === name && from >= runs[i + 1]! && from < runs[i + 2]!) return runs[i + 2]!;
    }
    const { text, length } = this;
    let end = from;
    while (end < length && isIn(alphabet, text.charCodeAt(end)) === inside) end++;
    this.work += end - from;
    // Short runs cost less to walk again than to remember.
    if (end - from >= WORTH_REMEMBERING) {
      this.#hasRuns = true;
      runs[this.#oldestRun] = name;
      runs[this.#oldestRun + 1] = from;
      runs[this.#oldestRun + 2] = end;
      this.#oldestRun = (this.#oldestRun + 3) % runs.length;
    }
    return end;
  }

  /** Where the run of letters of any alphabet, full stops and underscores ends that starts at `from`. */
  lettersEnd(from: number): number {
    if (from >= this.#lettersFrom && from < this.#lettersEnd) return this.#lettersEnd;
    const { text, length } = this;
    let end = from;
    for (; end < length; end++) {
      const code = text.charCodeAt(end);
      if (code < FIRST_LETTER_BEYOND_ASCII && !isIn(LETTERS | DOT | UNDERSCORE, code)) break;
    }
    this.work += end - from;
    if (end - from >= WORTH_REMEMBERING) {
      this.#lettersFrom = from;
      this.#lettersEnd = end;
    }
    return end;
  }

  /** Where the run of `alphabet` that ends before `to` starts, at most `limit` characters back. */
  runStart(alphabet: Alphabet, to: number, limit: number): number {
    const lowest = Math.max(this.floor, to - limit);
    let start = to;
    while (start > lowest && isIn(alphabet, this.text.charCodeAt(start - 1))) start--;
    this.work += to - start;
    // In `\nname` the letter belongs to the line break.
    const isEscape = start < to && start > 0 && this.text.charCodeAt(start - 1) === BACKSLASH;
    return isEscape && 'bfnrtv'.includes(this.text[start]!) ? start + 1 : start;
  }

  /** The next place of `needle` from `from` on, or the length of the text. */
  nextOf(needle: string, from: number): number {
    const known = this.#nextOf.get(needle);
    if (known !== undefined && known.from <= from && known.place >= from) return known.place;
    const found = this.text.indexOf(needle, from);
    const place = found < 0 ? this.length : found;
    this.#nextOf.set(needle, { from, place });
    return place;
  }

  /** The same for a pattern, which must be global: where the next one ends, or the length of the text. */
  nextMatch(pattern: RegExp, from: number): number {
    const known = this.#nextOf.get(pattern.source);
    if (known !== undefined && known.from <= from && known.place >= from) return known.place;
    pattern.lastIndex = from;
    const place = pattern.test(this.text) ? pattern.lastIndex : this.length;
    this.#nextOf.set(pattern.source, { from, place });
    return place;
  }

  /** Number of backslashes directly before `index`. */
  backslashesBefore(index: number): number {
    let start = index;
    while (start > 0 && this.text.charCodeAt(start - 1) === BACKSLASH) start--;
    this.work += index - start;
    return index - start;
  }

  /**
   * Whether a token may start at `index`: the character before it is no letter or digit, or belongs to an escape
   * (`\n`, `\u0022`, `%3D`).
   */
  isBoundary(index: number): boolean {
    return index === 0 || !this.is(BASE62, index - 1) || endsEscape(this.text, index);
  }
}
