import type { DigitDetector, DigitGroups } from '../detectors/detector.ts';
import { DIGITS, isIn } from './characters.ts';
import type { Scan } from './scan.ts';
import { isInRow } from './tabbed-number.ts';
import type { TimeBudget } from './time-budget.ts';

/** Digits a stretch must have: shorter ones are no number of a person or an account. */
export const LEAST_DIGITS = 7;
const MOST_SEPARATORS = 2;
const CARD_GROUP = 4;
const UNDERSCORE = 95;
const TAB = 9;
const QUOTE = 34;
const COMMA = 44;
const CLOSING_BRACKET = 93;
const CLOSING_BRACE = 125;
/** The groups of a card, joined as those of numbers in code are. */
const CARD_GROUPS = /\d{4}_(?:\d{4}_\d{4}_\d{4}|\d{6}_\d{5})(?!\d)/y;
/** Groups whose memory is kept for the next text. */
const MOST_KEPT = 65_536;

class Groups implements DigitGroups {
  count = 0;
  digits = 0;
  readonly #bounds: number[] = [];
  /** For each group the stretch in which it was taken, so that nothing has to be cleared. */
  readonly #taken: number[] = [];
  #stretch = 0;

  clear(): void {
    this.count = 0;
    this.digits = 0;
    this.#stretch++;
  }

  isTaken(index: number): boolean {
    return this.#taken[index] === this.#stretch;
  }

  take(index: number, count: number): void {
    this.#taken.fill(this.#stretch, index, index + count);
  }

  add(from: number, to: number): void {
    this.#bounds[this.count * 2] = from;
    this.#bounds[this.count * 2 + 1] = to;
    this.#taken[this.count] = 0;
    this.count++;
    this.digits += to - from;
  }

  /** Gives memory back after a hostile text. */
  trim(): void {
    if (this.#bounds.length <= 2 * MOST_KEPT) return;
    this.#bounds.length = 2 * MOST_KEPT;
    this.#taken.length = MOST_KEPT;
  }

  from(index: number): number {
    return this.#bounds[index * 2]!;
  }

  to(index: number): number {
    return this.#bounds[index * 2 + 1]!;
  }
}

/** What a detector says of itself, with all of it set: objects of one shape are read faster. */
interface Trial {
  readonly find: DigitDetector['findDigits'];
  readonly leastGroups: number;
  readonly longestGroup: number;
  readonly startsFirst: boolean;
}

/** Finds stretches of digits with a native pass, which skips other text many times faster than a loop can. */
export class DigitPass {
  readonly #trials: readonly Trial[];
  // Seven characters of the kind, written out: V8 then skips ahead by up to seven at a time. Four times as fast
  // on JSON as a pattern that counts the digits, which is done below.
  readonly #candidate = /\d[\d .()_-][\d .()_-][\d .()_-][\d .()_-][\d .()_-][\d .()_-]/g;
  // The same where tabs stand, which takes twice as long.
  readonly #candidateWithTabs =
    /\d[\d\t .()_-][\d\t .()_-][\d\t .()_-][\d\t .()_-][\d\t .()_-][\d\t .()_-]/g;
  readonly #groups: Groups = new Groups();

  readonly #budget: TimeBudget | undefined;

  constructor(detectors: readonly DigitDetector[], budget?: TimeBudget) {
    this.#trials = detectors.map((detector) => ({
      find: (scan, groups, index) => detector.findDigits(scan, groups, index),
      leastGroups: detector.leastGroups ?? 1,
      longestGroup: detector.longestGroup ?? Infinity,
      startsFirst: detector.startsFirst === true,
    }));
    this.#budget = budget;
  }

  run(scan: Scan): void {
    if (this.#trials.length === 0 || scan.length < LEAST_DIGITS) return;
    const candidate = scan.text.includes('\t') ? this.#candidateWithTabs : this.#candidate;
    candidate.lastIndex = 0;
    // `test` and not `exec`: no array per number.
    while (candidate.test(scan.text)) {
      candidate.lastIndex = this.#collect(scan, candidate.lastIndex - LEAST_DIGITS);
      const end = candidate.lastIndex;
      if (scan.code(end) === TAB && isInRow(scan.text, end + 1)) scan.sawTabs = true;
      if (this.#groups.digits < LEAST_DIGITS) continue;
      if (!endsMember(scan, candidate.lastIndex))
        scan.mayBePart(this.#groups.from(0), candidate.lastIndex);
      this.#find(scan);
    }
    this.#groups.trim();
  }

  #collect(scan: Scan, from: number): number {
    const groups = this.#groups;
    groups.clear();
    let at = from;
    let end = from;
    while (isIn(DIGITS, scan.code(at)) && at - end <= MOST_SEPARATORS) {
      this.#budget?.step();
      end = at;
      while (isIn(DIGITS, scan.code(end))) end++;
      groups.add(at, end);
      if (groups.count === 1 && end - at === CARD_GROUP && scan.code(end) === UNDERSCORE)
        end = this.#collectCard(scan, at, end);
      at = end;
      while (at - end < MOST_SEPARATORS && isSeparator(scan.code(at))) at++;
    }
    scan.work += at - from;
    return end;
  }

  /** The groups behind the first one. Returns where the last one ends. */
  #collectCard(scan: Scan, from: number, end: number): number {
    CARD_GROUPS.lastIndex = from;
    if (!CARD_GROUPS.test(scan.text)) return end;
    for (let at = end + 1; at < CARD_GROUPS.lastIndex; at++) {
      const start = at;
      while (isIn(DIGITS, scan.code(at))) at++;
      this.#groups.add(start, at);
    }
    return CARD_GROUPS.lastIndex;
  }

  #find(scan: Scan): void {
    const groups = this.#groups;
    // One detector after the other, so that the surest ones take their groups first.
    for (const { find, leastGroups, longestGroup, startsFirst } of this.#trials) {
      if (groups.count < leastGroups) continue;
      const end = startsFirst ? 1 : groups.count;
      for (let index = 0; index < end;) {
        // Most numbers are one group, which was counted when it was collected.
        if (index > 0) this.#budget?.step();
        const isTooLong = groups.to(index) - groups.from(index) > longestGroup;
        const taken = isTooLong || groups.isTaken(index) ? 0 : find(scan, groups, index);
        if (taken > 0) groups.take(index, taken);
        index += Math.max(taken, 1);
      }
    }
  }
}

/** Whether the text in quotes that the number ends is a member of JSON: it goes on nowhere. */
function endsMember(scan: Scan, end: number): boolean {
  if (scan.code(end) !== QUOTE) return false;
  const behind = scan.code(end + 1);
  return behind === COMMA || behind === CLOSING_BRACE || behind === CLOSING_BRACKET;
}

function isSeparator(code: number): boolean {
  // Space, parentheses, hyphen, full stop.
  return code === 32 || code === 40 || code === 41 || code === 45 || code === 46;
}
