import { InvalidOptionError } from '@llm-otel/core';
import { isIn, VALUE_STOPS, WHITESPACE } from '../engine/characters.ts';
import { encodedCut, GROUP } from '../engine/encoded-lines.ts';
import { openTableOf, type Redactor } from '../redactor.ts';
import { isIndependent } from './independent-cut.ts';
import { JsonDocument } from './json-document.ts';

/** Redacts a text that comes in parts. */
export interface StreamRedactor {
  /** Takes the next part. Returns what may leave by now, redacted: often nothing, or text of earlier parts. */
  readonly write: (part: string) => string;
  /** The rest. The redactor can then be used for another text. */
  readonly end: () => string;
}

export interface StreamRedactorOptions {
  /**
   * Most characters held back. More are held only until a key, a quoted password or a JSON document ends, which may need
   * all of it; text without any of these waits for some 600.
   * @defaultValue 32,768
   * @throws InvalidOptionError unless a whole number of at least 4,096
   */
  readonly maxHeld?: number | undefined;
}

/** How far behind a cut the text must be known: no finding that crosses white space shows itself later. */
const LOOK_AHEAD = 512;
/** Distance of the cuts that are tried: the least, and as a part of what is held, so that a long hold is not read again for each line. */
const STEP = 64;
const STEP_SHIFT = 3;
const LEAST_HELD = 4096;

/**
 * Redacts a text in parts, for answers of a model as they come. The parts may be split anywhere: what leaves is the same
 * for every split, and the same as `redactor.redact` gives for the whole, as long as no finding is longer than what
 * may be held. Nothing that has left is taken back.
 *
 * The text is cut at white space where the halves are redacted as the whole is. Use a policy without `maxValueLength`:
 * it would cut each piece.
 */
export function createStreamRedactor(
  redactor: Redactor,
  { maxHeld = 32_768 }: StreamRedactorOptions = {},
): StreamRedactor {
  if (!Number.isInteger(maxHeld) || maxHeld < LEAST_HELD)
    throw new InvalidOptionError({
      option: 'createStreamRedactor.maxHeld',
      value: maxHeld,
      use: `a whole number of at least ${LEAST_HELD}`,
    });

  let held = '';
  /** The head of the table that goes on with what is held. */
  let head = '';
  /** Up to where there is no white space from `next` on. */
  let searched = 0;
  /** Where the next cut is looked for. */
  let next = STEP;
  let document: JsonDocument | undefined = new JsonDocument();
  /** True inside a run that was longer than what may be held, and of which the start was redacted. */
  let swallows = false;

  function take(length: number): string {
    const piece = head + held.slice(0, length);
    held = held.slice(length);
    next = STEP;
    searched = 0;
    const redacted = redactor.redact(piece).slice(head.length);
    head = openTableOf(redactor, piece)?.head ?? '';
    return redacted;
  }

  /** A cut in spite of everything: in front of what crosses it, or behind. */
  function forcedPiece(): string {
    const text = held.slice(0, maxHeld);
    const cut = encodedCut(text, maxHeld - LOOK_AHEAD);
    const crossing = redactor.explain(text).find(({ start, end }) => start < cut && end > cut);
    if (crossing === undefined) return take(cut);
    const { end } = crossing;
    const last = encodedCut(text, end);
    const piece = take(last === end ? end : Math.max(last + GROUP, end));
    swallows = end === maxHeld;
    return piece;
  }

  function skipRun(): void {
    let at = 0;
    while (at < held.length && !isIn(VALUE_STOPS, held.charCodeAt(at))) at++;
    swallows = at === held.length;
    held = held.slice(at);
  }

  /** The next piece that may leave, or `undefined` while more text is needed to tell. */
  function nextPiece(): string | undefined {
    for (;;) {
      const cut = whiteSpaceBehind(held, Math.max(next, searched));
      if (cut < 0) searched = held.length;
      const isInReach = cut >= 0 && cut + LOOK_AHEAD <= maxHeld;
      if (!isInReach) return held.length < maxHeld ? undefined : forcedPiece();
      if (held.length < cut + LOOK_AHEAD) return undefined;
      const mayCut = !startsAsJson(held, cut) && !isJson(held.slice(0, cut));
      if (mayCut && isIndependent(redactor, held.slice(0, cut + LOOK_AHEAD), cut, head))
        return take(cut);
      next = cut + Math.max(STEP, cut >> STEP_SHIFT);
    }
  }

  return {
    write(part) {
      if (!redactor.enabled) return held === '' ? part : flush() + part;
      const isKnown = searched === held.length;
      held += part;
      if (document !== undefined) {
        if (document.mayBeOne(part) && held.length <= maxHeld) return '';
        document = undefined;
      }
      // A run that goes on: what is held is not looked at again for it.
      if (isKnown && !swallows && held.length < maxHeld && whiteSpaceBehind(part, 0) < 0) {
        searched = held.length;
        return '';
      }
      let out = '';
      for (;;) {
        if (swallows) skipRun();
        if (swallows) return out;
        const piece = nextPiece();
        if (piece === undefined) return out;
        out += piece;
      }
    },
    end: () => flush(),
  };

  function flush(): string {
    if (swallows) skipRun();
    const rest = redactor.redact(head + held).slice(head.length);
    held = '';
    head = '';
    next = STEP;
    searched = 0;
    document = new JsonDocument();
    swallows = false;
    return rest;
  }
}

/** Behind the first white space from `from` on, or -1. */
function whiteSpaceBehind(text: string, from: number): number {
  for (let at = from; at < text.length; at++)
    if (isIn(WHITESPACE, text.charCodeAt(at))) return at + 1;
  return -1;
}

/** A piece that is JSON would be read by its names, which the whole is not. */
function isJson(piece: string): boolean {
  if (!startsAsJson(piece, 0)) return false;
  try {
    JSON.parse(piece);
    return true;
  } catch {
    return false;
  }
}

function startsAsJson(text: string, from: number): boolean {
  let at = from;
  while (isIn(WHITESPACE, text.charCodeAt(at))) at++;
  return '{["'.includes(text.charAt(at) || ' ');
}
