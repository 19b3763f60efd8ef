import type { Alphabet } from '../engine/characters.ts';
import type { Scan } from '../engine/scan.ts';

/** The sets of detectors a policy switches on. `strict` contains the other two. */
export type Preset = 'secrets' | 'pii' | 'strict';

/**
 * How sure a finding is. `certain`: known by itself, by prefix, check digit or structure. `likely`: known by what
 * stands around it, or by a shape that other things have as well. `high`: finds more, and more that is none.
 */
export type Level = 'certain' | 'likely' | 'high';

/** What all kinds of detectors have. */
export interface DetectorTraits {
  /** Stands in the placeholder, in the counts, and names the action: `[REDACTED:email_address]`. */
  readonly kind: string;
  readonly preset: Preset;
  /** @defaultValue 'certain' */
  readonly level?: Level;
  /** Looked for only where the policy names the kind or this group, whatever the presets. */
  readonly group?: DetectorGroup;
}

/** Detectors that a policy adds by name. */
export type DetectorGroup = 'national_ids' | 'crypto' | 'location';

/**
 * What looks at the places where one of a few literals stands. The pass stops at each anchor; `find` looks at the text
 * around it, a bounded number of steps, and notes what it found with `scan.found`.
 */
export interface AnchoredMatcher {
  /** Literals at which the pass stops, in any case, `-` and `_` being the same. */
  readonly anchors: readonly string[];
  /**
   * What the character in front of the anchor must be, or one beyond ASCII: spares the call where the anchor stands for
   * something else, as `==` in code does nearly always.
   */
  readonly inFront?: Alphabet;
  /** True when a letter or digit may stand before the anchor. */
  readonly insideWord?: boolean;
  /** `start` and `end` are those of the anchor. Returns whether something was found. */
  find(scan: Scan, start: number, end: number): boolean;
}

/** One thing that is looked for at such places. */
export interface Detector extends DetectorTraits, AnchoredMatcher {}

/** Looks at numbers: the groups of digits that a native pass found, separated by at most two of ` .()-`. */
export interface DigitDetector extends DetectorTraits {
  /** Groups a stretch must have: spares the others the call. @defaultValue 1 */
  readonly leastGroups?: number;
  /** Digits of the longest group it can start at: spares it the call for times and ids. @defaultValue no limit */
  readonly longestGroup?: number;
  /** True when it can start at the first group only. */
  readonly startsFirst?: boolean;
  /** Tries at group `index`. Returns how many groups it took, 0 for none. */
  findDigits(scan: Scan, groups: DigitGroups, index: number): number;
}

/** The groups of one stretch of digits. */
export interface DigitGroups {
  readonly count: number;
  from(index: number): number;
  to(index: number): number;
  /** Whether the group belongs to something found before. */
  isTaken(index: number): boolean;
}

/** Something without an anchor, found by a native regular expression of bounded length and then checked. */
export interface NativePass extends DetectorTraits {
  /** Global, every repetition bounded. */
  readonly candidate: RegExp;
  /** A cheap test that spares most texts the pass. */
  mayHold(text: string): boolean;
  /** Returns the end of what was found, or -1. */
  verify(scan: Scan, from: number, to: number): number;
}

/**
 * Texts that show what a detector does, and are its tests. Forms that tests fill at random, so that no source holds
 * anything that looks like a secret: `{b62:20-40}` is 20 to 40 letters and digits. `<<…>>` stands around what must go
 * where that is not the whole text, `<<@other_kind …>>` where it goes as another kind.
 */
export interface DetectorExamples {
  readonly finds: readonly string[];
  readonly leaves: readonly string[];
}
