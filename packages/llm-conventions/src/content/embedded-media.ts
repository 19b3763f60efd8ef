import { joinedBase64 } from '../messages/base64.ts';
import { readString } from '../read-member.ts';
import { isCertainlyBase64 } from './text-in-base64.ts';

/** The MIME type of an object, in the words of the conventions, of MCP and Gemini, of the AI SDK and of Anthropic. */
export function mimeTypeOf(object: object): string | undefined {
  return (
    readString(object, 'mime_type') ??
    readString(object, 'mimeType') ??
    readString(object, 'mediaType') ??
    readString(object, 'media_type')
  );
}

/** Members that hold base64 beside a MIME type: of MCP, Anthropic, Gemini and the AI SDK. */
const BESIDE_MIME_TYPE = new Set(['data', 'blob']);

/** Members that may as well hold words. */
const PERHAPS = new Set(['content', 'body', 'bytes', 'base64']);

/** Its data is text, which may look like base64. */
const TEXT = /^text\/|^application\/(?:json|xml)/i;

/** No word is as long. */
const SHORTEST_MEDIA = 64;

/** Whether the text under `key` of `object` is media by its place: base64, which a cut would make worthless. */
export function isMediaMember(object: object, key: string): boolean {
  if (isBase64Member(object, key)) return true;
  const isPerhaps = PERHAPS.has(key);
  if (!isPerhaps && !BESIDE_MIME_TYPE.has(key)) return false;
  const mimeType = mimeTypeOf(object);
  if (mimeType === undefined) return false;
  const text = readString(object, key);
  if (TEXT.test(mimeType)) return text !== undefined && isCertainlyBase64(text, mimeType);
  return !isPerhaps || isLongBase64(text, mimeType);
}

/** Whether it is nothing but base64, whatever it looks like. */
export function isBase64Member(object: object, key: string): boolean {
  switch (key) {
    case 'b64_json':
      // Answers of image models have no MIME type.
      return true;
    case 'content':
      return readString(object, 'type') === 'blob';
    case 'blob':
      // A resource of MCP need not have a MIME type. What is no text has its bytes there, and text its own member.
      return mimeTypeOf(object) !== undefined || readString(object, 'uri') !== undefined;
    case 'data':
      // Anthropic's.
      return readString(object, 'type') === 'base64';
    default:
      return false;
  }
}

function isLongBase64(text: string | undefined, mimeType: string): boolean {
  if (text === undefined || text.length < SHORTEST_MEDIA) return false;
  return (
    /^[A-Za-z0-9+/_-]+=*$/.test(joinedBase64(text) ?? text) || isCertainlyBase64(text, mimeType)
  );
}

const DATA_URL = /^data:[^,]{0,250},/i;

/** Whether `text` has its content in it, as a URL or as base64 that is long enough to be nothing else. */
export function isMediaText(text: string): boolean {
  if (DATA_URL.test(text.slice(0, 256))) return true;
  const base64 = base64Around(text, 0);
  return base64 !== undefined && text.slice(base64.end).trim() === '';
}

/** Shorter runs are words, ids and hashes. */
const SHORTEST_RUN = 256;

/**
 * Where the base64 that goes over `index` begins and ends, with the header of a `data:` URL in front of it; undefined where
 * there is none. A long run of its characters counts, if it has capitals, small letters and digits. It may be broken into lines.
 */
export function base64Around(
  text: string,
  index: number,
): { readonly start: number; readonly end: number } | undefined {
  const isInBreak =
    text.charCodeAt(index) === LINE_FEED && text.charCodeAt(index - 1) === CARRIAGE_RETURN;
  const at = isInBreak ? index - 1 : index;
  let start = startOfLine(text, at);
  let end = endOfLine(text, at);
  for (;;) {
    const before = withoutBreakBefore(text, start);
    const line = startOfLine(text, before);
    if (before === start || before - line < FULL_LINE) break;
    start = line;
  }
  let line = startOfLine(text, at);
  while (end - line >= FULL_LINE) {
    line = withoutBreakBehind(text, end);
    if (line === end || !isBase64Unit(text.charCodeAt(line))) break;
    end = endOfLine(text, line);
  }
  const header = /data:[^\s"'()<>]{0,250}$/i.exec(text.slice(Math.max(0, start - 256), start));
  if (header !== null && end > index) return { start: start - header[0].length, end };
  if (end - start < SHORTEST_RUN) return undefined;
  const run = text.slice(start, end);
  return /[A-Z]/.test(run) && /[a-z]/.test(run) && /[0-9]/.test(run) ? { start, end } : undefined;
}

/** Encoders break lines after 60 to 76 characters. Words and ids are shorter. */
const FULL_LINE = 60;

function startOfLine(text: string, from: number): number {
  let start = from;
  while (start > 0 && isBase64Unit(text.charCodeAt(start - 1))) start--;
  return start;
}

function endOfLine(text: string, from: number): number {
  let end = from;
  while (end < text.length && isBase64Unit(text.charCodeAt(end))) end++;
  return end;
}

function withoutBreakBefore(text: string, index: number): number {
  if (text.charCodeAt(index - 1) !== LINE_FEED) return index;
  return text.charCodeAt(index - 2) === CARRIAGE_RETURN ? index - 2 : index - 1;
}

function withoutBreakBehind(text: string, index: number): number {
  const next = text.charCodeAt(index) === CARRIAGE_RETURN ? index + 1 : index;
  return text.charCodeAt(next) === LINE_FEED ? next + 1 : index;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

function isBase64Unit(unit: number): boolean {
  if (unit < 0x30) return unit === 0x2b || unit === 0x2f || unit === 0x2d;
  if (unit < 0x41) return unit < 0x3a || unit === 0x3d;
  return unit < 0x5b || unit === 0x5f || (unit > 0x60 && unit < 0x7b);
}
