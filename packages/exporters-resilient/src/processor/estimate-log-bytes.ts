import type { ReadableLogRecord } from '@llm-otel/core';
import { attributesBytes, UNREADABLE, valueBytes } from './estimate-span-bytes.ts';

// Measured as for spans: a record of the SDK without text.
const RECORD = 500;

/** About what a log record holds in memory, in bytes. Cheap: it looks at lengths, not at characters. Never throws. */
export function estimateLogBytes(record: ReadableLogRecord): number {
  try {
    return RECORD + valueBytes(record.body) + attributesBytes(record.attributes);
  } catch {
    return UNREADABLE;
  }
}
