import type { MessagePart, Modality } from './message-types.ts';

const DATA_URL = /^data:([^;,]*)(?:;[^,]*)?,/;

/** A picture or file given by URL: a `data:` URL becomes a blob, any other one a reference. */
export function mediaPart(modality: Modality, url: string, mimeType?: string): MessagePart {
  const data = DATA_URL.exec(url.slice(0, 256));
  if (data === null)
    return { type: 'uri', modality, uri: url, ...(mimeType && { mime_type: mimeType }) };
  const type = data[1] || mimeType;
  return {
    type: 'blob',
    modality,
    content: url.slice(data[0].length),
    ...(type && { mime_type: type }),
  };
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

/** A part this package has no shape for, with all its members. */
export function genericPart(type: string, part: unknown): MessagePart {
  try {
    return { ...(typeof part === 'object' ? part : undefined), type };
  } catch {
    // A getter that throws.
    return { type };
  }
}
