import type { Attributes, Context, Span } from '@opentelemetry/api';
import { exceptionOf } from '@llm-otel/core';
import { emitEvent, type EventLogger } from './event-logger.ts';
import {
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
} from './generated/attributes.ts';
import { EVENT_GEN_AI_CLIENT_OPERATION_EXCEPTION } from './generated/events.ts';
import { readString } from './read-member.ts';

/**
 * How an exception is told: as an event of the span, as before, or as the log event that replaces it
 * (`gen_ai.client.operation.exception`). The status of the span is set in either case.
 */
export type ExceptionSignal = 'span' | 'event' | 'both';

/** Where the exceptions of an operation go. */
export interface ExceptionTarget {
  readonly signal: ExceptionSignal;
  readonly logger: () => EventLogger | undefined;
  readonly context: Context;
}

/** Tells an exception. Without a logger it stays on the span, so that it is not lost. */
export function recordException(span: Span, error: Error, target?: ExceptionTarget): void {
  const logger = target === undefined || target.signal === 'span' ? undefined : target.logger();
  if (logger === undefined || target?.signal === 'both') span.recordException(exceptionOf(error));
  if (logger !== undefined && target !== undefined)
    emitEvent(
      logger,
      EVENT_GEN_AI_CLIENT_OPERATION_EXCEPTION,
      exceptionAttributes(error),
      target.context,
    );
}

/** An error without a message or name of its own still has a type. */
function exceptionAttributes(error: Error): Attributes {
  const attributes: Attributes = {
    [ATTR_EXCEPTION_TYPE]: readString(error, 'name') ?? 'Error',
  };
  const message = readString(error, 'message');
  const stack = readString(error, 'stack');
  if (message !== undefined) attributes[ATTR_EXCEPTION_MESSAGE] = message;
  if (stack !== undefined) attributes[ATTR_EXCEPTION_STACKTRACE] = stack;
  return attributes;
}
