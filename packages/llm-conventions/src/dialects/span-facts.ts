import type { ReadableSpan } from '@llm-otel/core';
import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
} from '../generated/attributes.ts';
import { finishReasonFrom } from '../messages/finish-reason.ts';
import type { ChatMessage } from '../messages/message-types.ts';
import { parsedJson } from '../messages/parts.ts';
import { readMember, readString, toList } from '../read-member.ts';

/** What a span is about, as the writers of other vocabularies ask for it. */
export class SpanFacts {
  readonly span: ReadableSpan;
  readonly attributes: Readonly<Record<string, unknown>>;

  constructor(span: ReadableSpan) {
    this.span = span;
    this.attributes = span.attributes;
  }

  get operation(): string | undefined {
    return this.string(ATTR_GEN_AI_OPERATION_NAME);
  }

  /** A call of a model with text: the operations that have messages of their own. */
  get isInference(): boolean {
    const { operation } = this;
    return (
      operation === 'chat' || operation === 'generate_content' || operation === 'text_completion'
    );
  }

  value(name: string): unknown {
    return this.attributes[name];
  }

  string(name: string): string | undefined {
    const value = this.attributes[name];
    return typeof value === 'string' ? value : undefined;
  }

  number(name: string): number | undefined {
    const value = this.attributes[name];
    return typeof value === 'number' ? value : undefined;
  }

  /** Content, which is JSON text or a structured value. */
  json(name: string): unknown {
    return parsedJson(this.attributes[name]);
  }

  messages(name: string): readonly ChatMessage[] {
    return toList(this.json(name)).filter(isMessage);
  }

  /**
   * Why each answer ended, in the words of the conventions: told beside the answers or, as up to 1.41, in them. None
   * where that is not known of all.
   */
  get finishReasons(): readonly unknown[] {
    const told = toList(this.attributes[ATTR_GEN_AI_RESPONSE_FINISH_REASONS]);
    if (told.length > 0) return told;
    const inside = this.messages(ATTR_GEN_AI_OUTPUT_MESSAGES).map((message) =>
      finishReasonFrom(readMember(message, 'finish_reason')),
    );
    return inside.includes(undefined) ? [] : inside;
  }

  /** The objects of a list. */
  list(name: string): readonly unknown[] {
    return toList(this.json(name)).filter((item) => typeof item === 'object' && item !== null);
  }
}

function isMessage(value: unknown): value is ChatMessage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'role' in value &&
    typeof value.role === 'string' &&
    'parts' in value &&
    Array.isArray(value.parts) &&
    value.parts.every((part: unknown) => readString(part, 'type') !== undefined)
  );
}
