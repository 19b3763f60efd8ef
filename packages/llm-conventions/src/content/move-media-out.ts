import { FailureLog, type LogRecordTransform, type SpanTransform } from '@llm-otel/core';
import { ATTR_LLM_OTEL_CONTENT_REFERENCES } from '../generated/attributes.ts';
import { bytesOfBase64 } from '../messages/base64.ts';
import { modalityOf } from '../messages/parts.ts';
import { type AttributeChange, logTransform, spanTransform } from './attribute-transforms.ts';
import type { ContentReference, ContentStore } from './content-store.ts';
import { binaryPart, isBufferJson, mimeTypeOfBytes } from './binary-part.ts';
import { collectionKind } from './collection-kind.ts';
import { isMediaMember, mimeTypeOf } from './embedded-media.ts';
import { MEDIA_ATTRIBUTES } from './media-attributes.ts';
import { unreadEncodingOf } from './unread-encoding.ts';
import { safeJson } from './safe-json.ts';

/**
 * Moves pictures, sound and files out of a span: each `blob` part is handed to `store` and becomes a `uri` part with the
 * address, the hash and the length of what was stored. What the store does not take becomes an `omitted` part with its
 * length. Belongs behind redaction, because what is stored is not looked at again, and in front of the budget.
 */
export function moveMediaOut(store: ContentStore): SpanTransform {
  return spanTransform('content_store', withoutMediaIn(store));
}

/** {@link moveMediaOut} for log events, which carry content where `content` is `event` or `both`. */
export function moveLogMediaOut(store: ContentStore): LogRecordTransform {
  return logTransform('content_store', withoutMediaIn(store));
}

function withoutMediaIn(store: ContentStore): AttributeChange {
  const failures = new FailureLog();
  return (attributes) => {
    let changed: Record<string, unknown> | undefined;
    const moved = new MovedMedia(store, failures);
    for (const name of MEDIA_ATTRIBUTES) {
      const before = attributes[name];
      if (before === undefined) continue;
      const after = withoutMedia(before, moved);
      if (after === before) continue;
      changed ??= { ...attributes };
      changed[name] = after;
    }
    if (changed !== undefined && moved.uris.size > 0)
      changed[ATTR_LLM_OTEL_CONTENT_REFERENCES] = [...moved.uris];
    return changed;
  };
}

/** JSON text stays JSON text, a structured value a structured one; the same value where there is no media in it. */
function withoutMedia(value: unknown, moved: MovedMedia): unknown {
  if (typeof value !== 'string') return moved.outOf(value, 0);
  // Most messages are text: they are not even parsed.
  if (!MEDIA.test(value)) return value;
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    return value;
  }
  const left = moved.outOf(parsed, 0);
  return left === parsed ? value : safeJson(left);
}

/** A part of this kind, a MIME type beside base64 in the shape of another API, or a URL with the content in it. */
const MEDIA = /"blob"|"Buffer"|"b64_json"|"base64"|"m(?:ime|edia)_?type"|;base64,/i;

const DATA_URL = /^data:([^;,]*)(?:;(?:[^,"]|"[^"]{0,200}"){0,250})?;base64,/i;

// Messages are five levels deep; what a tool answers may be deeper.
const MAX_DEPTH = 32;

class MovedMedia {
  readonly uris = new Set<string>();
  readonly #store: ContentStore;
  readonly #failures: FailureLog;

  constructor(store: ContentStore, failures: FailureLog) {
    this.#store = store;
    this.#failures = failures;
  }

  /** `value` with references in place of media; itself where there is none. */
  outOf(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return this.#outOfUrl(value);
    if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return value;
    if (mayBeBytes(value)) return this.#outOfBytes(value);
    if (Array.isArray(value)) {
      const items = value as readonly unknown[];
      const left = items.map((item) => this.outOf(item, depth + 1));
      return left.some((item, index) => item !== items[index]) ? left : value;
    }
    const part = value as Readonly<Record<string, unknown>>;
    if (part['type'] === 'blob' && typeof part['content'] === 'string')
      return this.#reference(part, part['content']);
    let changed = false;
    const left = Object.fromEntries(
      Object.entries(part).map(([key, member]) => {
        const after =
          typeof member === 'string' && isMediaMember(part, key)
            ? this.#reference(mediaPartOf(part, member), member, member)
            : this.outOf(member, depth + 1);
        changed ||= after !== member;
        return [key, after] as const;
      }),
    );
    return changed ? left : value;
  }

  /** Bytes that are no text yet, in the structured value of a log event. */
  #outOfBytes(value: object): unknown {
    const part = binaryPart(value) as Readonly<Record<string, unknown>> | undefined;
    const content = part?.['content'];
    if (part === undefined || typeof content !== 'string') return part ?? value;
    return this.#reference(part, content);
  }

  /** A URL that holds its content becomes the address of what was stored. */
  #outOfUrl(url: string): unknown {
    const header = DATA_URL.exec(url.slice(0, 512));
    if (header === null) return url;
    const mimeType = header[1] || undefined;
    const bytes = bytesOfBase64(url.slice(header[0].length));
    if (bytes === undefined) return url;
    // Its parameters may name a charset.
    const isUnread = unreadEncodingOf(bytes, header[0].slice('data:'.length)) !== undefined;
    return (
      (isUnread ? undefined : this.#stored(bytes, mimeType)?.uri) ??
      `[omitted: ${bytes.byteLength} bytes]`
    );
  }

  #reference(
    part: Readonly<Record<string, unknown>>,
    base64: string,
    otherwise: unknown = part,
  ): unknown {
    const bytes = bytesOfBase64(base64);
    // Not base64: perhaps redaction took something out of it.
    if (bytes === undefined) return otherwise;
    const { content: _, ...rest } = part;
    const length = { byte_length: bytes.byteLength };
    const reference = this.#stored(bytes, mimeTypeOf(part));
    if (reference === undefined) return { ...rest, type: 'omitted', ...length };
    return { ...rest, type: 'uri', uri: reference.uri, sha256: reference.sha256, ...length };
  }

  #stored(bytes: Uint8Array, mimeType: string | undefined): ContentReference | undefined {
    // Redaction has not seen the words in it: what could be decoded in front of redaction is in UTF-8 now.
    if (unreadEncodingOf(bytes, mimeType) !== undefined) return undefined;
    const reference = this.#failures.guard('storing content', () =>
      this.#store.put({ bytes, mimeType }),
    );
    if (reference !== undefined) this.uris.add(reference.uri);
    return reference;
  }
}

function mayBeBytes(value: object): boolean {
  return (
    ArrayBuffer.isView(value) || collectionKind(value) === 'ArrayBuffer' || isBufferJson(value)
  );
}

/** Media of an object in the shape of another API: its type is told, or else what it begins with. */
function mediaPartOf(object: object, base64: string): Readonly<Record<string, unknown>> {
  const start = bytesOfBase64(base64.trimStart().slice(0, 16));
  const mimeType = mimeTypeOf(object) ?? (start && mimeTypeOfBytes(start));
  // Without one it is the answer of an image model.
  const modality = mimeType === undefined ? 'image' : modalityOf(mimeType);
  return { modality, ...(mimeType !== undefined && { mime_type: mimeType }) };
}
