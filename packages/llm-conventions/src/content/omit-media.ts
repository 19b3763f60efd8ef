import { isMediaMember, isMediaText } from './embedded-media.ts';
import { omittedPart } from './omitted-part.ts';
import { jsonBytes } from './json-bytes.ts';

/** A place of media in a value that may be changed. */
interface MediaPlace {
  readonly bytes: number;
  /** Puts what tells its size in the place, and returns the bytes that are free now. */
  omit(): number;
}

const MAX_DEPTH = 200;

/**
 * Leaves media out of `value`, a copy of JSON that may be changed, until `over` bytes are free or there is none left: the
 * largest first. A `blob` part becomes an `omitted` part, any other base64 and `data:` URL a text that tells its size.
 * Returns how many bytes are free.
 */
export function omitMedia(value: unknown, over: number): number {
  const places: MediaPlace[] = [];
  findMedia(value, places, 0);
  let free = 0;
  for (const place of places.toSorted((one, other) => other.bytes - one.bytes)) {
    if (free >= over) break;
    free += place.omit();
  }
  return free;
}

function findMedia(value: unknown, places: MediaPlace[], depth: number): void {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return;
  const holder = value as Record<string, unknown>;
  for (const key of Object.keys(holder)) {
    const member = holder[key];
    if (isMediaPart(member)) places.push(placeOf(holder, key, omittedPart(member)));
    else if (typeof member !== 'string') findMedia(member, places, depth + 1);
    else if (isMediaMember(holder, key) || isMediaText(member))
      places.push(placeOf(holder, key, `[omitted: ${member.length} characters]`));
  }
}

/** A part that is nothing but media: without it there is no part. */
function isMediaPart(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const { type, content, uri } = value as Record<string, unknown>;
  return (
    (type === 'blob' && typeof content === 'string') ||
    (type === 'uri' && typeof uri === 'string' && isMediaText(uri))
  );
}

function placeOf(holder: Record<string, unknown>, key: string, omitted: unknown): MediaPlace {
  const bytes = jsonBytes(holder[key]);
  const after = jsonBytes(omitted);
  return {
    bytes,
    omit() {
      // What says that it is missing may be longer than a small picture.
      if (after >= bytes) return 0;
      holder[key] = omitted;
      return bytes - after;
    },
  };
}
