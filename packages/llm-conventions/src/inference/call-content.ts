import type { Span } from '@opentelemetry/api';
import { safeJson } from '../content/safe-json.ts';
import {
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
} from '../generated/attributes.ts';
import type { ChatMessage, InputContent } from '../messages/message-types.ts';
import type { CallDetails } from './call-details.ts';
import type { InferenceSettings } from './inference-settings.ts';

/** Where the content of one call goes: on its span, on its event, or nowhere. */
export class CallContent {
  readonly #span: Span;
  readonly #details: CallDetails | undefined;
  /** Whether it goes on the span. */
  readonly onSpan: boolean;
  readonly #onEvent: boolean;
  readonly #toolSchemas: boolean;

  constructor(span: Span, details: CallDetails | undefined, settings: InferenceSettings) {
    this.#span = span;
    this.#details = details;
    // Serialising content for a span nobody keeps would be the most expensive part of the call.
    this.onSpan = settings.recordContent && span.isRecording();
    this.#onEvent = settings.recordContentOnEvent && details !== undefined;
    this.#toolSchemas = settings.toolSchemas;
  }

  /** Whether it goes anywhere. */
  get recorded(): boolean {
    return this.onSpan || this.#onEvent;
  }

  input({ inputMessages, systemInstructions, toolDefinitions }: InputContent): void {
    if (!this.recorded) return;
    if (inputMessages !== undefined) this.#set(ATTR_GEN_AI_INPUT_MESSAGES, inputMessages);
    if (systemInstructions !== undefined)
      this.#set(ATTR_GEN_AI_SYSTEM_INSTRUCTIONS, systemInstructions);
    if (toolDefinitions !== undefined)
      this.#set(
        ATTR_GEN_AI_TOOL_DEFINITIONS,
        // Descriptions and schemas are large and the same on every call.
        this.#toolSchemas
          ? toolDefinitions
          : toolDefinitions.map(({ type, name }) => ({ type, name })),
      );
  }

  output(messages: readonly ChatMessage[]): void {
    if (this.recorded && messages.length > 0) this.#set(ATTR_GEN_AI_OUTPUT_MESSAGES, messages);
  }

  #set(name: string, value: unknown): void {
    const json = safeJson(value);
    if (this.onSpan) this.#span.setAttribute(name, json);
    if (this.#onEvent) this.#details?.setContent(name, json);
  }
}
