import type { VariablesOf } from './variable.ts';
import { flag } from './variable-kinds.ts';

/** What of the content is recorded, and what is taken out of it. */
export interface PrivacyEnvironment {
  readonly redactionEnabled?: boolean;
  readonly redactPrompts?: boolean;
  readonly redactCompletions?: boolean;
  readonly captureContent?: 'none' | 'span';
}

export const privacyVariables: VariablesOf<PrivacyEnvironment> = {
  redactionEnabled: {
    name: 'OTEL_REDACTION_ENABLED',
    kind: flag,
    source: 'llm-otel',
    effect: 'false: secrets and personal data leave the process',
  },
  redactPrompts: {
    name: 'OTEL_REDACT_PROMPTS',
    kind: flag,
    source: 'llm-otel',
    effect: 'true: recorded prompts are removed as a whole, not only the secrets in them',
  },
  redactCompletions: {
    name: 'OTEL_REDACT_COMPLETIONS',
    kind: flag,
    source: 'llm-otel',
    effect: 'true: recorded completions are removed as a whole, not only the secrets in them',
  },
  captureContent: {
    name: 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT',
    kind: {
      type: 'true, false, SPAN_ONLY, NO_CONTENT',
      read(reader, name) {
        const word = reader.oneOf(name, ['true', 'false', 'SPAN_ONLY', 'NO_CONTENT']);
        if (word === undefined) return undefined;
        return word === 'true' || word === 'SPAN_ONLY' ? 'span' : 'none';
      },
    },
    source: 'GenAI conventions',
    effect: 'true or SPAN_ONLY: prompts, completions and tool arguments are recorded on spans',
  },
};
