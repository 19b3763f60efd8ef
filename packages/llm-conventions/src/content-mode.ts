import { InvalidOptionError } from '@llm-otel/core';

/**
 * Where content (messages, instructions, tool definitions and data, queries, documents) is recorded: nowhere, as JSON
 * text on the span, on the log event of the call, or both.
 */
export type ContentMode = 'none' | 'span' | 'event' | 'both';

export interface ContentTargets {
  readonly onSpan: boolean;
  readonly onEvent: boolean;
}

const TARGETS: Readonly<Record<ContentMode, ContentTargets>> = {
  none: { onSpan: false, onEvent: false },
  span: { onSpan: true, onEvent: false },
  event: { onSpan: false, onEvent: true },
  both: { onSpan: true, onEvent: true },
};

/** @throws {@link InvalidOptionError} for an unknown mode */
export function contentTargets(mode: ContentMode): ContentTargets {
  if (!Object.hasOwn(TARGETS, mode))
    throw new InvalidOptionError({
      option: 'content',
      value: mode,
      use: '"none", "span", "event" or "both"',
    });
  return TARGETS[mode];
}
