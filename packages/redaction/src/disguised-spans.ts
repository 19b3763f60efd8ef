import type { CustomPatterns } from './custom-patterns.ts';
import { type DecodedText, decodedText, type Spelling } from './engine/decoded-text.ts';
import { type EncodedRun, EncodedRuns } from './engine/encoded-runs.ts';
import { joinedText } from './engine/joined-text.ts';
import type { Scanner } from './engine/scanner.ts';
import { overwritten } from './engine/overwrite.ts';
import { mergeSpans, type Span } from './engine/span.ts';
import { stretchTexts } from './engine/stretch-texts.ts';
import type { TimeBudget } from './engine/time-budget.ts';

/** Base64 of base64, of percent escapes, of hex: how far it is followed. */
const MOST_LAYERS = 4;
/** Longer texts are decoded in parts of this length, each with the end of the one before. */
const PART = 1 << 20;
const OVERLAP = 1 << 14;

/**
 * Finds what is hidden in a text that is written in another way: percent escapes, `\u002d`, references of HTML, characters
 * of full width or that are not seen, base64 and hex, also one inside of another. The spans are those of the text as it
 * stands. Base64 of a text goes as a whole. In base64 of anything else the finding alone is overwritten, in its length: in
 * a picture, an archive or a document the places of what stands behind it are told in front.
 */
export class DisguisedSpans {
  readonly #scanner: Scanner;
  readonly #runs: EncodedRuns;
  readonly #patterns: CustomPatterns | undefined;
  readonly #budget: TimeBudget | undefined;

  /** @param patterns - what a policy looks for beside the scanner */
  constructor(scanner: Scanner, patterns?: CustomPatterns, budget?: TimeBudget) {
    this.#scanner = scanner;
    this.#patterns = patterns;
    this.#runs = new EncodedRuns(budget);
    this.#budget = budget;
  }

  /** Asked directly after the scanner has seen the text. */
  find(text: string): readonly Span[] | undefined {
    const spans: Span[] = [];
    const { scan, mayBeDisguised } = this.#scanner;
    const { sawDoubledQuotes, sawTabs, sawJoint } = scan;
    const isSpelled = mayBeDisguised || sawDoubledQuotes || sawTabs;
    if (isSpelled || sawJoint) {
      for (let from = 0; from === 0 || from + OVERLAP < text.length; from += PART - OVERLAP) {
        const part = text.length <= PART ? text : text.slice(from, from + PART);
        if (sawJoint) this.#acrossJoints(joinedText(part), from, spans);
        if (isSpelled) this.#inOtherSpelling(part, from, spans, { sawDoubledQuotes, sawTabs });
      }
    }
    this.#inRuns(text, MOST_LAYERS, spans);
    return spans.length > 0 ? spans : undefined;
  }

  /** Escapes of escapes are followed too: `%252D`, `&amp;#45;`, JSON in a cell of CSV in a form. */
  #inOtherSpelling(
    text: string,
    offset: number,
    spans: Span[],
    spelling: Spelling,
    layers = MOST_LAYERS,
  ): void {
    let last: DecodedText | undefined;
    let seen = spelling;
    for (let time = 0; time < MOST_LAYERS; time++) {
      last = decodedText(last?.text ?? text, last?.places, seen, this.#budget);
      if (last === undefined) return;
      const { text: plain, places } = last;
      const found: Span[] = [...(this.#scanner.find(plain) ?? [])];
      const { sawDoubledQuotes, sawTabs, sawJoint } = this.#scanner.scan;
      seen = { sawDoubledQuotes, sawTabs };
      if (sawJoint) this.#acrossJoints(joinedText(plain, places), offset, spans);
      found.push(...(this.#patterns?.find(plain) ?? []));
      this.#inRuns(plain, layers, found, places);
      for (const { from, to, ...span } of found)
        spans.push({ ...span, from: offset + places[from]!, to: offset + placeBehind(places, to) });
    }
  }

  /** What is only found where the parts of a text are put together: the rest was found without that, or is none. */
  #acrossJoints({ text, places }: DecodedText, offset: number, spans: Span[]): void {
    for (const { from, to, ...span } of this.#scanner.find(text) ?? [])
      if (places[to - 1]! - places[from]! >= to - from)
        spans.push({ ...span, from: offset + places[from]!, to: offset + placeBehind(places, to) });
  }

  /** @param places - where the characters stand in the text that is redacted, if not all are next to each other */
  #inRuns(text: string, layers: number, spans: Span[], places?: Uint32Array): void {
    for (const run of this.#runs.find(text)) {
      const found = run.isText ? this.#inText(run, layers) : this.#inBytes(run, layers);
      const isWhole =
        places !== undefined &&
        found.some(({ from, to }) => places[to]! - places[from]! !== to - from);
      if (isWhole) spans.push({ kind: found[0]!.kind, from: run.from, to: run.to });
      else spans.push(...found);
    }
  }

  #inText({ from, to, bytes, stretches }: EncodedRun, layers: number): readonly Span[] {
    for (const stretch of stretches)
      for (const { text } of stretchTexts(bytes, stretch, this.#budget)) {
        const [found] = this.#inside(text, layers);
        if (found !== undefined) return [{ kind: found.kind, from, to }];
      }
    return [];
  }

  #inBytes(run: EncodedRun, layers: number): readonly Span[] {
    return run.stretches.flatMap((stretch) => {
      const found: Span[] = [];
      for (const { text, placeOf } of stretchTexts(run.bytes, stretch, this.#budget))
        for (const { kind, from, to } of this.#inside(text, layers))
          found.push({ kind, from: placeOf(from), to: placeOf(to) });
      return joined(found).map((span) => overwritten(run, span, stretch.width));
    });
  }

  /** What is found in a text that was encoded. */
  #inside(text: string, layers: number): readonly Span[] {
    const found: Span[] = [...(this.#scanner.find(text) ?? [])];
    const { mayBeDisguised, scan } = this.#scanner;
    const { sawDoubledQuotes, sawTabs } = scan;
    found.push(...(this.#patterns?.find(text) ?? []));
    if (layers <= 1) return found;
    if (mayBeDisguised || sawDoubledQuotes || sawTabs)
      this.#inOtherSpelling(text, 0, found, { sawDoubledQuotes, sawTabs }, layers - 1);
    this.#inRuns(text, layers - 1, found);
    return found;
  }
}

/** The spans in order. Two that follow each other directly are one: a character of base64 may have bits of both. */
function joined(spans: readonly Span[]): readonly Span[] {
  const all: Span[] = [];
  for (const span of mergeSpans(spans)) {
    const last = all.at(-1);
    if (last?.to === span.from) all[all.length - 1] = { ...last, to: span.to };
    else all.push(span);
  }
  return all;
}

/** Where what ends before `to` ends in the original: an escape that stands for several characters goes with any of them. */
function placeBehind(places: Uint32Array, to: number): number {
  let end = to;
  while (end < places.length && places[end] === places[to - 1]) end++;
  return places[end]!;
}
