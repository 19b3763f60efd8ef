const KIB = 1024;
/** What is read for numbers alone is not to cost more than the call: larger bodies hold images. */
const WITHOUT_CONTENT = 1024 * KIB;
const WITH_CONTENT = 16 * 1024 * KIB;

const decoder = new TextDecoder();

/** The JSON in a body of `InvokeModel`: text or bytes. Undefined where it is none, or too large to be read beside the call. */
export function jsonBody(body: unknown, recordsContent: boolean): unknown {
  const text = bodyText(body, recordsContent ? WITH_CONTENT : WITHOUT_CONTENT);
  return text === undefined ? undefined : parsedJson(text);
}

/** Undefined where it is more than `most`, or neither text nor bytes. */
export function bodyText(body: unknown, most: number): string | undefined {
  try {
    if (typeof body === 'string') return body.length > most ? undefined : body;
    if (ArrayBuffer.isView(body))
      return body.byteLength > most ? undefined : decoder.decode(body as Uint8Array);
  } catch {
    // Of another thread by now, or a proxy.
  }
  return undefined;
}

export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
