import { bytesOfBase64, joinedBase64, withoutSpace } from '../messages/base64.ts';
import { isBase64Member, isMediaMember, mimeTypeOf } from './embedded-media.ts';
import { safeJson } from './safe-json.ts';
import { isCertainlyBase64 } from './text-in-base64.ts';
import { utf8OfUnreadBase64 } from './unread-encoding.ts';

/** Messages are five levels deep; what a tool answers may be deeper. */
const MAX_DEPTH = 32;

/**
 * A content attribute whose base64 holds text in UTF-16 or in a charset that is declared with the same in UTF-8, so that redaction sees the words in it and the
 * content store gets what redaction left. So does base64 in lines of any kind. The value itself where there is none.
 */
export function readableText(value: unknown): unknown {
  if (typeof value !== 'string') return readable(value, 0);
  if (!PERHAPS.test(value)) return value;
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    return value;
  }
  const after = readable(parsed, 0);
  return after === parsed ? value : safeJson(after);
}

/** Only what has a blob, or media in the shape of another API, is parsed. */
const PERHAPS = /"blob"|"b64_json"|"base64"|"m(?:ime|edia)_?type"|;base64,/i;

const DATA_URL = /^(data:(?:[^,"]|"[^"]{0,200}"){0,250};base64),/i;

function readable(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return readableUrl(value);
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH || ArrayBuffer.isView(value))
    return value;
  if (Array.isArray(value)) {
    const items = value as readonly unknown[];
    const after = items.map((item) => readable(item, depth + 1));
    return after.some((item, index) => item !== items[index]) ? after : value;
  }
  const mimeType = mimeTypeOf(value);
  let changed = false;
  const entries = Object.entries(value).map(([key, member]) => {
    const after =
      typeof member === 'string' ? readableMember(value, key, member) : readable(member, depth + 1);
    changed ||= after !== member;
    return [key, after] as const;
  });
  if (!changed) return value;
  return Object.fromEntries(
    entries.map(([key, member]) => [
      key,
      member === mimeType && typeof member === 'string' ? inUtf8(member) : member,
    ]),
  );
}

/** In one line, where it stands in lines or pieces that redaction does not read as one text, because they are indented, uneven or short. */
function inReadLines(base64: string, isBase64: boolean, mimeType: string | undefined): string {
  if (bytesOfBase64(base64) !== undefined) return base64;
  const inLines = joinedBase64(base64);
  if (inLines !== undefined) return inLines;
  // Short lines may be words, one in each.
  const isKnown = isBase64 || isCertainlyBase64(base64, mimeType);
  return (isKnown ? withoutSpace(base64) : undefined) ?? base64;
}

function readableMember(object: object, key: string, member: string): string {
  const mimeType = mimeTypeOf(object);
  if (!isMediaMember(object, key)) {
    // Words beside a type of text may be what they seem: in one line they are decoded where they are read as nothing else.
    const decoded =
      key === 'data' && mimeType !== undefined ? utf8OfUnreadBase64(member, mimeType) : undefined;
    return decoded ?? readableUrl(member);
  }
  const base64 = inReadLines(member, isBase64Member(object, key), mimeType);
  return utf8OfUnreadBase64(base64, mimeType) ?? base64;
}

function readableUrl(url: string): string {
  const header = DATA_URL.exec(url.slice(0, 300))?.[1];
  if (header === undefined) return url;
  const base64 = url.slice(header.length + 1);
  const mimeType = header.slice('data:'.length);
  const inLines = inReadLines(base64, false, mimeType);
  const decoded = utf8OfUnreadBase64(inLines, mimeType);
  if (decoded !== undefined) return `${inUtf8(header)},${decoded}`;
  return inLines === base64 ? url : `${header},${inLines}`;
}

function inUtf8(mimeType: string): string {
  return mimeType.replace(/(charset\s*=\s*"?)[\w.:-]+/i, '$1utf-8');
}
