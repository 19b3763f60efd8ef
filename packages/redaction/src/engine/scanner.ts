import type { DetectorSet } from '../detectors/all-detectors.ts';
import { SENSITIVE_KEY } from '../detectors/sensitive-key.ts';
import type { AnchoredMatcher } from '../detectors/detector.ts';
import { folded } from './anchor-index.ts';
import { AnchorSearch } from './anchor-search.ts';
import type { Alphabet } from './characters.ts';
import { DigitPass, LEAST_DIGITS } from './digit-pass.ts';
import { Scan } from './scan.ts';
import type { TimeBudget } from './time-budget.ts';
import { TextUnits } from './text-units.ts';
import { mergeSpans, type Span } from './span.ts';

/** Longest part of an anchor that stands in the table. More would only make it too large for the cache. */
const LONGEST_IN_TABLE = 6;

/** What shows by itself what it is is longer. */
const LEAST_BETWEEN = 8;

/** What is tried where one anchor was found. */
interface AnchorGroup {
  readonly members: readonly Member[];
  /** True when no detector of the group may start inside a word. */
  readonly atBoundary: boolean;
  /** How far behind its start the next anchor can start at the earliest. */
  readonly next: number;
}

interface Member {
  readonly detector: AnchoredMatcher;
  /** What is left of the detector's own anchor behind that of the group, folded. */
  readonly rest: string;
}

/** Finds everything a set of detectors looks for, in one pass over a text plus native passes over its numbers. */
export class Scanner {
  readonly scan: Scan = new Scan();
  readonly #search: AnchorSearch;
  readonly #groups: readonly AnchorGroup[];
  readonly #digits: DigitPass;
  readonly #set: DetectorSet;
  readonly #units: TextUnits = new TextUnits();
  readonly #budget: TimeBudget | undefined;

  /** @param budget - asked now and then */
  constructor(set: DetectorSet, budget?: TimeBudget) {
    this.#budget = budget;
    const byAnchor = groupByAnchor(set.anchored);
    this.#set = set;
    const starts = startsOf(byAnchor.keys());
    this.#groups = [...byAnchor].map(([anchor, members]) => ({
      members,
      next: nextStart(anchor, byAnchor, starts),
      atBoundary: members.every(({ detector }) => detector.insideWord !== true),
    }));
    this.#search = new AnchorSearch(
      [...byAnchor.keys()],
      this.#groups.map(({ atBoundary }) => atBoundary),
      [...byAnchor.values()].map(inFrontOf),
      this.#units,
    );
    this.#digits = new DigitPass(set.digits, budget);
  }

  /** A number that differs for most texts, of the last text: only of one that was short. */
  hash(): number {
    return this.#units.hash();
  }

  /** False when the last text holds no escape and no character beyond ASCII, as far as that is known. */
  get mayBeDisguised(): boolean {
    return this.#units.mayBeDisguised;
  }

  /** Spans in order, none overlapping, or `undefined` when there is nothing to hide. */
  find(text: string): Span[] | undefined {
    const { scan } = this;
    scan.start(text);
    try {
      this.#budget?.check();
      this.#pass(text);
      if (this.#units.digits >= LEAST_DIGITS) this.#digits.run(scan);
      for (const pass of this.#set.passes) {
        const { kind, candidate } = pass;
        if (!pass.mayHold(text)) continue;
        candidate.lastIndex = 0;
        for (let found = candidate.exec(text); found !== null; found = candidate.exec(text)) {
          this.#budget?.step();
          const to = pass.verify(scan, found.index, candidate.lastIndex);
          if (to >= 0) scan.alsoFound(kind, found.index, to);
        }
      }
      const spans = scan.allSpans();
      return spans === undefined ? undefined : mergeSpans(spans);
    } finally {
      scan.finish();
    }
  }

  #pass(text: string): void {
    this.#units.load(text, 0);
    this.#stretch(text, 0, text.length);
  }

  /** Tries the anchors that start from `from` on and before `until`. Returns where the next one starts. */
  #stretch(text: string, from: number, until: number): number {
    const search = this.#search;
    const { scan } = this;
    for (let at = from; ;) {
      const start = search.next(text, at);
      if (start < 0) return text.length;
      if (start >= until) return start;
      this.#budget?.step();
      const group = this.#groups[search.anchor]!;
      const { end } = search;
      const { floor } = scan;
      at = start + group.next;
      if (!this.#tryAnchor(group, start, end)) continue;
      const next = this.#between(text, Math.max(at, end), floor);
      at = Math.max(scan.floor, at, next);
    }
  }

  /**
   * What stands between an anchor and what was found behind it: a name, a user, another setting. It was only looked at as
   * what stands around, and may hold something that shows by itself what it is: `https://ghp_…:word@host`. Returns where the
   * next anchor starts, as far as that is known.
   */
  #between(text: string, from: number, floor: number): number {
    const { scan } = this;
    const { spans, floor: behind } = scan;
    const found = spans?.at(-1);
    if (found?.to !== behind || found.from - from < LEAST_BETWEEN) return 0;
    scan.floor = floor;
    scan.spans = [];
    const next = this.#stretch(text, from, found.from);
    for (const span of scan.spans)
      if (span.kind !== SENSITIVE_KEY && span.to <= found.from) spans!.push(span);
    scan.spans = spans;
    scan.floor = Math.max(behind, scan.floor);
    return next;
  }

  #tryAnchor(group: AnchorGroup, start: number, end: number): boolean {
    const { scan } = this;
    const isBoundary = scan.isBoundary(start);
    if (!isBoundary && group.atBoundary) return false;
    for (const { detector, rest } of group.members) {
      if (!isBoundary && detector.insideWord !== true) continue;
      if (rest !== '' && !scan.continues(rest, end)) continue;
      if (detector.find(scan, start, end + rest.length)) return true;
    }
    return false;
  }
}

/** What stands in front of an anchor for any of these, 0 when one of them does not say. */
function inFrontOf(members: readonly Member[]): Alphabet {
  const all = members.map(({ detector }) => detector.inFront ?? 0);
  return all.includes(0) ? 0 : all.reduce((union, one) => union | one, 0);
}

/** Everything an anchor starts with, the anchors themselves included. */
function startsOf(anchors: Iterable<string>): Set<string> {
  const starts = new Set<string>();
  for (const anchor of anchors)
    for (let length = 1; length <= anchor.length; length++) starts.add(anchor.slice(0, length));
  return starts;
}

/**
 * The first place inside `anchor` where one of `anchors` can start, or its length. With look-ups and not a
 * comparison of each with each: that was half of the time it took to build the engine.
 */
function nextStart(
  anchor: string,
  anchors: ReadonlyMap<string, unknown>,
  starts: ReadonlySet<string>,
): number {
  for (let offset = 1; offset < anchor.length; offset++) {
    if (starts.has(anchor.slice(offset))) return offset;
    for (let end = offset + 1; end < anchor.length; end++)
      if (anchors.has(anchor.slice(offset, end))) return offset;
  }
  return anchor.length;
}

/**
 * The detectors by anchor. Where one anchor starts with another, the shorter one is met first and stands for
 * both, so that a place is looked at once, by all that may start there, in order.
 */
function groupByAnchor(detectors: readonly AnchoredMatcher[]): Map<string, Member[]> {
  const anchors = new Set(
    detectors.flatMap(({ anchors }) => anchors.map((anchor) => startOf(folded(anchor)))),
  );
  const groups = new Map<string, Member[]>();
  for (const detector of detectors) {
    for (const anchor of new Set(detector.anchors.map(folded))) {
      const shared = shortestStart(startOf(anchor), anchors);
      const member = { detector, rest: anchor.slice(shared.length) };
      const members = groups.get(shared);
      if (members === undefined) groups.set(shared, [member]);
      else members.push(member);
    }
  }
  return groups;
}

function startOf(anchor: string): string {
  return anchor.slice(0, LONGEST_IN_TABLE);
}

function shortestStart(anchor: string, anchors: ReadonlySet<string>): string {
  for (let length = 1; length < anchor.length; length++)
    if (anchors.has(anchor.slice(0, length))) return anchor.slice(0, length);
  return anchor;
}
