import type { Processor } from './processor.ts';

// The redaction processor leaves the names of spans and the messages of their status alone: it sees attributes only.
// Numbers, so that no key rule of a policy fits.
const name = 'span.attributes["llm_otel.redaction.1"]';
const message = 'span.attributes["llm_otel.redaction.2"]';

/** Puts name and message where the redaction processor finds them. Stands in front of it. */
export const namesIn: Processor = {
  id: 'transform/names_in',
  about:
    'The redaction processor sees attributes only: names and status messages go through it as two of them.',
  settings: {
    error_mode: 'ignore',
    trace_statements: [
      `set(${name}, span.name)`,
      `set(${message}, span.status.message) where span.status.message != ""`,
    ],
  },
};

/** Puts them back. Stands behind it. */
export const namesOut: Processor = {
  id: 'transform/names_out',
  settings: {
    error_mode: 'ignore',
    trace_statements: [
      `set(span.name, ${name}) where ${name} != nil`,
      `set(span.status.message, ${message}) where ${message} != nil`,
      'delete_key(span.attributes, "llm_otel.redaction.1")',
      'delete_key(span.attributes, "llm_otel.redaction.2")',
    ],
  },
};
