/** A value of an attribute as OTLP/JSON writes it. */
export type AnyValue = Readonly<Record<string, unknown>>;

export interface KeyValue {
  readonly key: string;
  readonly value?: AnyValue | undefined;
}

/** The value itself. Integers that a double cannot hold stay text: no finding is an integer of that size. */
export function plainValue(value: AnyValue | undefined): unknown {
  if (value === undefined) return undefined;
  if (typeof value.stringValue === 'string') return value.stringValue;
  if (value.intValue !== undefined) return Number(value.intValue);
  if (value.doubleValue !== undefined) return Number(value.doubleValue);
  if (value.boolValue !== undefined) return Boolean(Number(value.boolValue));
  if (typeof value.bytesValue === 'string')
    return new Uint8Array(Buffer.from(value.bytesValue, 'base64'));
  if (value.arrayValue !== undefined) return listOf(value).map(plainValue);
  if (value.kvlistValue !== undefined) return plainAttributes(keyValues(value));
  return undefined;
}

/** Attributes as a map. */
export function plainAttributes(list: readonly KeyValue[]): Record<string, unknown> {
  return Object.fromEntries(list.map(({ key, value }) => [key, plainValue(value)]));
}

/** The redacted map as a list again. What did not change keeps the form it had. */
export function attributesOf(
  redacted: Readonly<Record<string, unknown>>,
  before: readonly KeyValue[],
): KeyValue[] {
  const plain = plainAttributes(before);
  const originals = new Map(before.map(({ key, value }) => [key, value]));
  return Object.entries(redacted).map(([key, value]) => ({
    key,
    value: anyValue(value, plain[key], originals.get(key)),
  }));
}

/** @param original the value before redaction, of which `plain` was made */
export function anyValue(
  redacted: unknown,
  plain: unknown,
  original: AnyValue | undefined,
): AnyValue | undefined {
  if (Object.is(redacted, plain)) return original;
  // Content that went as a whole.
  if (Object.is(redacted, undefined)) return {};
  if (typeof redacted === 'string') return { stringValue: redacted };
  if (redacted instanceof Uint8Array)
    return { bytesValue: Buffer.from(redacted).toString('base64') };
  if (Array.isArray(redacted) && Array.isArray(plain)) {
    const values = listOf(original);
    return {
      arrayValue: {
        values: redacted.map((item, index) => anyValue(item, plain[index], values[index])),
      },
    };
  }
  if (typeof redacted === 'object' && redacted !== null && original !== undefined)
    return {
      kvlistValue: {
        values: attributesOf(redacted as Record<string, unknown>, keyValues(original)),
      },
    };
  return { stringValue: String(redacted) };
}

function keyValues(value: AnyValue): readonly KeyValue[] {
  return (value.kvlistValue as { readonly values?: readonly KeyValue[] } | undefined)?.values ?? [];
}

function listOf(value: AnyValue | undefined): readonly AnyValue[] {
  return (value?.arrayValue as { readonly values?: readonly AnyValue[] } | undefined)?.values ?? [];
}
