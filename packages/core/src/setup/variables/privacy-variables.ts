import type { VariablesOf } from './variable.ts';
import { flag, key, protection } from './variable-kinds.ts';

/** What of the content is recorded, and what is taken out of it. */
export interface PrivacyEnvironment {
  readonly redactionEnabled?: boolean;
  readonly redactPrompts?: boolean;
  readonly redactCompletions?: boolean;
  readonly redactionHashKey?: string;
  readonly captureContent?: 'none' | 'span' | 'event' | 'both';
  readonly semconvStabilityOptIn?: readonly string[];
  readonly exceptionSignal?: 'span' | 'event' | 'both';
}

const CAPTURE = {
  true: 'span',
  false: 'none',
  NO_CONTENT: 'none',
  SPAN_ONLY: 'span',
  EVENT_ONLY: 'event',
  SPAN_AND_EVENT: 'both',
} as const;

const EXCEPTIONS = { logs: 'event', 'logs/dup': 'both' } as const;

export const privacyVariables: VariablesOf<PrivacyEnvironment> = {
  redactionEnabled: {
    name: 'OTEL_REDACTION_ENABLED',
    kind: flag,
    source: 'llm-otel',
    effect: 'false: secrets and personal data leave the process',
  },
  redactPrompts: {
    name: 'OTEL_REDACT_PROMPTS',
    kind: protection,
    source: 'llm-otel',
    effect: 'true: recorded prompts are removed as a whole, not only the secrets in them',
  },
  redactCompletions: {
    name: 'OTEL_REDACT_COMPLETIONS',
    kind: protection,
    source: 'llm-otel',
    effect: 'true: recorded completions are removed as a whole, not only the secrets in them',
  },
  redactionHashKey: {
    name: 'OTEL_REDACTION_HASH_KEY',
    kind: key,
    source: 'llm-otel',
    effect:
      'the key of the pseudonyms that the action hash of a policy leaves, from a secret store; another key gives other pseudonyms',
  },
  captureContent: {
    name: 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT',
    kind: {
      type: 'true, false, NO_CONTENT, SPAN_ONLY, EVENT_ONLY, SPAN_AND_EVENT',
      read(reader, name) {
        const word = reader.oneOf(name, Object.keys(CAPTURE) as (keyof typeof CAPTURE)[]);
        return word === undefined ? undefined : CAPTURE[word];
      },
    },
    source: 'GenAI conventions',
    effect:
      'prompts, completions and tool arguments are recorded on spans (true, SPAN_ONLY), on log events or on both',
  },
  semconvStabilityOptIn: {
    name: 'OTEL_SEMCONV_STABILITY_OPT_IN',
    kind: {
      type: 'words, separated by commas',
      read: (reader, name) => reader.list(name)?.map((word) => word.toLowerCase()),
    },
    source: 'OpenTelemetry',
    effect:
      'the vocabularies of spans: gen_ai_latest_experimental, gen_ai_latest_experimental/dup (with that of 1.36), or a dialect by its name; other words are for other libraries',
  },
  exceptionSignal: {
    name: 'OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN',
    kind: {
      type: 'logs, logs/dup',
      read(reader, name) {
        const word = reader.oneOf(name, Object.keys(EXCEPTIONS) as (keyof typeof EXCEPTIONS)[]);
        return word === undefined ? undefined : EXCEPTIONS[word];
      },
    },
    source: 'OpenTelemetry',
    effect:
      'exceptions of operations are told as log events (logs) or both ways (logs/dup), where log records are exported; not set: on the span',
  },
};
