import { InvalidOptionError, type LogRecordTransform, type SpanTransform } from '@llm-otel/core';
import {
  ATTR_GEN_AI_EVALUATION_EXPLANATION,
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_MEMORY_QUERY_TEXT,
  ATTR_GEN_AI_MEMORY_RECORDS,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_PROMPT_VARIABLE,
  ATTR_GEN_AI_RETRIEVAL_DOCUMENTS,
  ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  ATTR_GEN_AI_TOOL_CALL_RESULT,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
  ATTR_LLM_OTEL_CONTENT_TRUNCATED,
} from '../generated/attributes.ts';
import { type AttributeChange, logTransform, spanTransform } from './attribute-transforms.ts';
import { cutContent, type Keep, withoutTornBase64 } from './cut-content.ts';
import { cutMessages, cutParts, isMessageList, isPartList } from './cut-messages.ts';
import { jsonBytes } from './json-bytes.ts';
import { omitMedia } from './omit-media.ts';
import { safeJson } from './safe-json.ts';
import { cutToBytes, utf8Length } from './utf8-length.ts';

export interface ContentBudgetOptions {
  /**
   * Most bytes of one content attribute, as JSON text in UTF-8.
   * @defaultValue 262144
   * @throws {@link InvalidOptionError} unless a whole number of at least 256
   */
  readonly maxBytesPerAttribute?: number | undefined;
}

const DEFAULT_BYTES = 262_144;

const CONTENT: ReadonlyMap<string, Keep> = new Map([
  // The newest messages are what the model answered to.
  [ATTR_GEN_AI_INPUT_MESSAGES, 'last'],
  [ATTR_GEN_AI_OUTPUT_MESSAGES, 'first'],
  [ATTR_GEN_AI_SYSTEM_INSTRUCTIONS, 'first'],
  [ATTR_GEN_AI_TOOL_DEFINITIONS, 'first'],
  [ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, 'first'],
  [ATTR_GEN_AI_TOOL_CALL_RESULT, 'first'],
  [ATTR_GEN_AI_RETRIEVAL_DOCUMENTS, 'first'],
  [ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT, 'first'],
  [ATTR_GEN_AI_MEMORY_RECORDS, 'first'],
  [ATTR_GEN_AI_MEMORY_QUERY_TEXT, 'first'],
  [ATTR_GEN_AI_EVALUATION_EXPLANATION, 'first'],
]);

/**
 * Cuts content attributes that are over their budget, by whole messages and parts, so that they stay valid JSON
 * in the shape of the conventions: media first, then what is older or last. A part that was left out is a part of type
 * `omitted` that tells its type and length, as long as there is room for that. Only where no part fits at all, the start of
 * one text stays, with `truncated: true`. Lists what was cut in `llm_otel.content.truncated`. Belongs behind
 * redaction: a cut in front of it could cut a secret in half.
 */
export function contentBudget(options: ContentBudgetOptions = {}): SpanTransform {
  return spanTransform('content_budget', cutAttributes(options));
}

/** {@link contentBudget} for log events, which carry content where `content` is `event` or `both`. */
export function logContentBudget(options: ContentBudgetOptions = {}): LogRecordTransform {
  return logTransform('content_budget', cutAttributes(options));
}

function cutAttributes(options: ContentBudgetOptions): AttributeChange {
  const { maxBytesPerAttribute: maxBytes = DEFAULT_BYTES } = options;
  if (!Number.isInteger(maxBytes) || maxBytes < 256)
    throw new InvalidOptionError({
      option: 'maxBytesPerAttribute',
      value: maxBytes,
      use: 'a whole number of bytes of at least 256',
    });

  return (attributes) => {
    let changed: Record<string, unknown> | undefined;
    const truncated: string[] = [];
    for (const name of Object.keys(attributes)) {
      // Each variable of a prompt has a name of its own.
      const keep =
        CONTENT.get(name) ?? (name.startsWith(ATTR_GEN_AI_PROMPT_VARIABLE) ? 'first' : undefined);
      if (keep === undefined) continue;
      const value = attributes[name];
      if (value === undefined || fits(value, maxBytes)) continue;
      changed ??= { ...attributes };
      const cut = cutValue(value, maxBytes, keep);
      if (cut === undefined) delete changed[name];
      else changed[name] = cut;
      truncated.push(name);
    }
    if (changed !== undefined) changed[ATTR_LLM_OTEL_CONTENT_TRUNCATED] = truncated;
    return changed;
  };
}

function fits(value: unknown, maxBytes: number): boolean {
  if (typeof value !== 'string') return utf8Length(safeJson(value)) <= maxBytes;
  // Three bytes per unit at most, one at least: most texts need no count.
  if (value.length * 3 <= maxBytes) return true;
  return value.length <= maxBytes && utf8Length(value) <= maxBytes;
}

/** JSON text stays JSON text, a structured value a structured one, plain text plain text. */
function cutValue(value: unknown, maxBytes: number, keep: Keep): unknown {
  if (typeof value !== 'string')
    // A copy: the application may hold the objects of a log record.
    return cutParsed(JSON.parse(safeJson(value)) as unknown, maxBytes, keep);
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    return cutPlain(value, maxBytes);
  }
  if (typeof parsed !== 'object' && typeof parsed !== 'string') return cutPlain(value, maxBytes);
  const cut = cutParsed(parsed, maxBytes, keep);
  return cut === undefined ? undefined : safeJson(cut);
}

/** `value` may be changed. Media goes first: nobody reads it, and without it the words may fit. */
function cutParsed(value: unknown, maxBytes: number, keep: Keep): unknown {
  const over = jsonBytes(value) - maxBytes;
  if (omitMedia(value, over) >= over) return value;
  if (isMessageList(value)) return cutMessages(value, maxBytes, keep);
  if (isPartList(value)) return cutParts(value, maxBytes);
  return cutContent(value, maxBytes, keep);
}

function cutPlain(text: string, maxBytes: number): string | undefined {
  return withoutTornBase64(text, cutToBytes(text, maxBytes)) || undefined;
}
