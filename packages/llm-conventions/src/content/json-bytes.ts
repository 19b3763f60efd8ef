import { safeJson } from './safe-json.ts';
import { utf8Length } from './utf8-length.ts';

/** Bytes of `value` as JSON text in UTF-8. */
export function jsonBytes(value: unknown): number {
  return utf8Length(safeJson(value));
}
