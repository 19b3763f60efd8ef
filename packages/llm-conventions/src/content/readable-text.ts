import { bytesOfBase64, joinedBase64 } from '../messages/base64.ts';
import { isMediaMember, mimeTypeOf } from './embedded-media.ts';
import { safeJson } from './safe-json.ts';
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
const PERHAPS = /"blob"|"b64_json"|"m(?:ime|edia)_?type"|data:[^",]{0,200};base64,/i;

const DATA_URL = /^(data:[^,]{0,250};base64),/i;

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

/** In one line, where it stands in lines that redaction does not read as one text, because they are indented or uneven. */
function inReadLines(base64: string): string {
  const joined = joinedBase64(base64);
  return joined === undefined || bytesOfBase64(base64) !== undefined ? base64 : joined;
}

function readableMember(object: object, key: string, member: string): string {
  const mimeType = mimeTypeOf(object);
  const isMedia = isMediaMember(object, key);
  // Words beside a type of text may be what they seem.
  if (!isMedia && !(key === 'data' && mimeType)) return readableUrl(member);
  const base64 = isMedia ? inReadLines(member) : member;
  return utf8OfUnreadBase64(base64, mimeType) ?? base64;
}

function readableUrl(url: string): string {
  const header = DATA_URL.exec(url.slice(0, 300))?.[1];
  if (header === undefined) return url;
  const base64 = url.slice(header.length + 1);
  const inLines = inReadLines(base64);
  const decoded = utf8OfUnreadBase64(inLines, header.slice('data:'.length));
  if (decoded !== undefined) return `${inUtf8(header)},${decoded}`;
  return inLines === base64 ? url : `${header},${inLines}`;
}

function inUtf8(mimeType: string): string {
  return mimeType.replace(/(charset\s*=\s*"?)[\w.:-]+/i, '$1utf-8');
}
