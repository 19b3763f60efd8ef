import { MEDIA_ATTRIBUTES } from './media-attributes.ts';
import { readableText } from './readable-text.ts';

/** `attributes` with text in UTF-16 or in a declared charset inside their media as UTF-8; the same object where there is none. */
export function withReadableText<A extends Readonly<Record<string, unknown>>>(attributes: A): A {
  let changed: Record<string, unknown> | undefined;
  for (const name of MEDIA_ATTRIBUTES) {
    const before = attributes[name];
    if (before === undefined) continue;
    const after = readableText(before);
    if (after !== before) (changed ??= { ...attributes })[name] = after;
  }
  return (changed as A | undefined) ?? attributes;
}
