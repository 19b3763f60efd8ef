import { readMember, readString } from '../read-member.ts';
import { base64Of } from './base64.ts';
import type { MessagePart, Modality, ServerToolDetails } from './message-types.ts';

export function textPart(content: string): MessagePart {
  return { type: 'text', content };
}

export function reasoningPart(content: string): MessagePart {
  return { type: 'reasoning', content };
}

export function toolCallPart(id: string | undefined, name: string, input: unknown): MessagePart {
  return {
    type: 'tool_call',
    ...(id !== undefined && { id }),
    name,
    ...(input !== undefined && { arguments: input }),
  };
}

/**
 * A missing result is null: a response without one would not be in the model's shape. That the tool failed is a member
 * beside those of the model, which allows more.
 */
export function toolResponsePart(
  id: string | undefined,
  response: unknown,
  failed = false,
): MessagePart {
  return {
    type: 'tool_call_response',
    ...(id !== undefined && { id }),
    response: response ?? null,
    ...(failed && { is_error: true }),
  };
}

export function serverToolCallPart(
  id: string | undefined,
  name: string,
  details: ServerToolDetails,
): MessagePart {
  return {
    type: 'server_tool_call',
    ...(id !== undefined && { id }),
    name,
    server_tool_call: details,
  };
}

export function serverToolResponsePart(
  id: string | undefined,
  details: ServerToolDetails,
): MessagePart {
  return {
    type: 'server_tool_call_response',
    ...(id !== undefined && { id }),
    server_tool_call_response: details,
  };
}

export function filePart(modality: Modality, fileId: string, mimeType?: string): MessagePart {
  return { type: 'file', modality, file_id: fileId, ...(mimeType && { mime_type: mimeType }) };
}

/** Base64 text or bytes. What is too large to be carried along is told by its size only. */
export function blobPart(
  modality: Modality,
  data: string | Uint8Array,
  mimeType?: string,
): MessagePart {
  const mime = mimeType ? { mime_type: mimeType } : undefined;
  const content = typeof data === 'string' ? data : base64Of(data);
  if (content === undefined)
    return { type: 'omitted', modality, ...mime, byte_length: (data as Uint8Array).byteLength };
  return { type: 'blob', modality, content, ...mime };
}

/** What was said aloud: its text, and its sound or the id of it. */
export function audioParts(audio: unknown, mimeType?: string): MessagePart[] {
  const transcript = readString(audio, 'transcript');
  const data = readString(audio, 'data');
  const id = readString(audio, 'id');
  const parts = transcript === undefined ? [] : [textPart(transcript)];
  if (data !== undefined) parts.push(blobPart('audio', data, mimeType));
  else if (id !== undefined) parts.push(filePart('audio', id));
  return parts;
}

const DATA_URL = /^data:([^;,]*)((?:;[^,]*)?),/i;

/** A picture or file given by URL: a `data:` URL becomes a blob, any other one a reference. */
export function mediaPart(modality: Modality, url: string, mimeType?: string): MessagePart {
  const header = DATA_URL.exec(url.slice(0, 256));
  if (header === null)
    return { type: 'uri', modality, uri: url, ...(mimeType && { mime_type: mimeType }) };
  const [{ length }, type, parameters = ''] = header;
  // Without it nobody could read the text, and redaction neither.
  const body = url.slice(length);
  const isBase64 = /;base64$/i.test(parameters);
  // Without it nobody could read the text, and redaction neither.
  const charset =
    isBase64 && type ? (/;charset="?(?!utf-?8)[\w.:-]+"?/i.exec(parameters)?.[0] ?? '') : '';
  const data = isBase64 ? body : bytesOfText(body);
  return blobPart(modality, data, type ? `${type}${charset}` : mimeType);
}

/** A `data:` URL that is not base64 has its text in percent encoding, or as it is. */
function bytesOfText(text: string): Uint8Array {
  try {
    return new TextEncoder().encode(decodeURIComponent(text));
  } catch {
    return new TextEncoder().encode(text);
  }
}

/** The modality a MIME type belongs to; everything that is neither seen nor heard is a document. */
export function modalityOf(mimeType: string | undefined): Modality {
  const kind = mimeType?.slice(0, mimeType.indexOf('/'));
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'document';
}

/** The value of a JSON text, or the text itself where it is none. Models send broken JSON at times. */
export function parsedJson(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Types that have a shape of their own: a part that lacks it must not pass for one. */
const SHAPED = new Set([
  'text',
  'reasoning',
  'tool_call',
  'tool_call_response',
  'server_tool_call',
  'server_tool_call_response',
  'blob',
  'file',
  'uri',
  'compaction',
]);

/** A part this package has no shape for, with all its members. */
export function genericPart(type: string, part: unknown): MessagePart {
  const own = SHAPED.has(type) ? `unknown_${type}` : type;
  try {
    return { ...(typeof part === 'object' ? part : undefined), type: own };
  } catch {
    // A getter that throws.
    return { type: own };
  }
}

/** Texts of `blocks` where they are nothing but texts: a result of text blocks only is that text. */
export function joinedTexts(blocks: readonly unknown[]): string | undefined {
  if (blocks.length === 0) return undefined;
  const texts = blocks.map((block) => readMember(block, 'text'));
  return texts.every((text) => typeof text === 'string') ? texts.join('\n') : undefined;
}

/** All members of a provider's object but those that stand elsewhere in the part. */
export function detailsOf(
  type: string,
  item: unknown,
  without: readonly string[] = [],
): ServerToolDetails {
  const part = genericPart(type, item) as Record<string, unknown>;
  const entries = Object.entries(part).filter(([key]) => key !== 'type' && !without.includes(key));
  return { ...Object.fromEntries(entries), type };
}

/** A role, in the words of the conventions. */
export function roleOf(message: unknown): string | undefined {
  const role = readString(message, 'role');
  // Gemini calls it so.
  return role === 'model' ? 'assistant' : role;
}
