import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_LLM_OTEL_DIALECT_FAILED_RESULTS,
  ATTR_LLM_OTEL_DIALECT_MERGED_MESSAGES,
} from '../../generated/attributes.ts';
import type { ChatMessage } from '../../messages/message-types.ts';
import type { DialectReading } from '../dialect-reading.ts';
import { setSentMessages } from '../read/read-common.ts';
import { type ContentEvent, readContentEvent } from './read-content-event.ts';

/**
 * Span events of the conventions up to 1.36 as messages of the span. What was read is gone from the events, so that content
 * is in one place, where redaction, budgets and the store look for it; an event that told nothing stays.
 */
export function readContentEvents(reading: DialectReading): void {
  // On the span of a tool they hold arguments and results, under the names of messages.
  if (reading.peek(ATTR_GEN_AI_OPERATION_NAME) !== 'execute_tool') readEvents(reading);
  // Nothing that reads messages comes behind this.
  reading.take(ATTR_LLM_OTEL_DIALECT_MERGED_MESSAGES);
  reading.take(ATTR_LLM_OTEL_DIALECT_FAILED_RESULTS);
}

function readEvents(reading: DialectReading): void {
  const read: ContentEvent[] = [];
  reading.takeEvents(({ name, attributes }) => {
    const event = readContentEvent(name, attributes);
    if (event?.message === undefined && event?.finishReason === undefined) return false;
    read.push(event);
    return true;
  });
  const choices = read
    .filter(({ isChoice }) => isChoice)
    .toSorted((one, other) => one.index - other.index);
  const sent = read.filter(({ isChoice }) => !isChoice);
  setSentMessages(reading, messagesOf(sent));
  const answers = messagesOf(choices);
  if (answers.length > 0) reading.setJson(ATTR_GEN_AI_OUTPUT_MESSAGES, answers);
  const reasons = choices.map(({ finishReason }) => finishReason);
  if (reasons.length > 0 && reasons.every((reason) => reason !== undefined))
    reading.set(ATTR_GEN_AI_RESPONSE_FINISH_REASONS, reasons);
}

function messagesOf(events: readonly ContentEvent[]): ChatMessage[] {
  return events.flatMap(({ message }) => message ?? []);
}
