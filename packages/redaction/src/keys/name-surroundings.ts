const BACKSLASH = 92;
const FIRST_LETTER = 97;
const LETTERS = 26;
/** Beside the letters: the name may start with the anchor, and nothing is known of what stands there. */
const BOUNDARY = 1 << 26;
const ANYTHING = 1 << 27;
const MOST_JOINTS = 4;

/**
 * What stands around an anchor in the names that hold it. `token` stands in `access_tokens`, and `tel` in `telephone`: of
 * `input_tokens` and `telemetry` two letters tell that they are no names, without a look at the rest.
 */
export class NameSurroundings {
  /** By the letter behind the anchor, and last for all else: a mask of the letters before it. */
  readonly #before: Int32Array = new Int32Array(LETTERS + 1);
  /** By the letter behind the anchor: a mask of those behind that. */
  readonly #second: Int32Array = new Int32Array(LETTERS + 1);

  /** Notes what stands before and behind the anchor in a name. `endsAny`: any word may end with that name. */
  add(before: string, after: string, endsAny = false): void {
    const next = letterOf(after.charCodeAt(0));
    const index = next < 0 ? LETTERS : next;
    this.#before[index]! |= endsAny && before === '' ? ANYTHING : lastOf(before);
    const second = letterOf(after.charCodeAt(1));
    this.#second[index]! |= next < 0 || second < 0 ? ANYTHING : 1 << second;
  }

  /** Whether the anchor from `start` to `end` may stand in a name. `goesOn`: the word does behind it. */
  allow(text: string, start: number, end: number, goesOn: boolean): boolean {
    const next = goesOn ? letterOf(text.charCodeAt(end)) : LETTERS;
    // A letter beyond ASCII.
    if (next < 0) return true;
    const before = this.#before[next]!;
    if (goesOn) {
      const seconds = this.#second[next]!;
      const second = letterOf(text.charCodeAt(end + 1));
      if ((seconds & ANYTHING) === 0 && second >= 0 && ((seconds >> second) & 1) === 0)
        return false;
    }
    return (before & ANYTHING) !== 0 || this.#mayStand(text, start, before);
  }

  #mayStand(text: string, start: number, allowed: number): boolean {
    let at = start - 1;
    const code = text.charCodeAt(at);
    const isInside = letterOf(code) >= 0;
    if ((allowed & BOUNDARY) !== 0) {
      // `userToken`, `HTTPToken` and not `OTEL`, and the escape in `\ntoken`.
      const isStart =
        isUpper(text.charCodeAt(start)) && !(isUpper(code) && isUpper(text.charCodeAt(start + 1)));
      if (!isInside || isStart || text.charCodeAt(at - 1) === BACKSLASH) return true;
    }
    const lowest = at - MOST_JOINTS;
    while (at > lowest && isJoint(text.charCodeAt(at))) at--;
    const letter = letterOf(text.charCodeAt(at));
    if (letter >= 0) return ((allowed >> letter) & 1) !== 0;
    // Numbers are left out of names, and letters beyond ASCII are not told apart.
    return at === lowest || isUnknown(text.charCodeAt(at));
  }
}

/** 0 to 25, in any case, or -1. */
function letterOf(code: number): number {
  const letter = (code | 32) - FIRST_LETTER;
  return code < 128 && letter >= 0 && letter < LETTERS ? letter : -1;
}

function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

function lastOf(before: string): number {
  const end = before.replace(/[- ]+$/, '');
  if (end === '') return BOUNDARY;
  const letter = letterOf(end.charCodeAt(end.length - 1));
  return letter < 0 ? ANYTHING : 1 << letter;
}

/** A hyphen, a line, a full stop or a space. */
function isJoint(code: number): boolean {
  return code === 45 || code === 95 || code === 46 || code === 32;
}

function isUnknown(code: number): boolean {
  return code >= 128 || (code >= 48 && code <= 57);
}
