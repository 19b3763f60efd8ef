import type { VariablesOf } from './variable.ts';
import { atLeast, countOf, millisOfSome, oneOf, text } from './variable-kinds.ts';

/** Where telemetry waits that cannot be delivered now. */
export interface SpoolEnvironment {
  readonly spoolDirectory?: string;
  readonly spoolMode?: 'off' | 'overflow' | 'always';
  readonly spoolFsync?: 'never' | 'interval' | 'always';
  readonly spoolMaxBytes?: number;
  readonly spoolMaxAgeMillis?: number;
  readonly deadLettersMaxBytes?: number;
  readonly deadLettersMaxAgeMillis?: number;
}

export const spoolVariables: VariablesOf<SpoolEnvironment> = {
  spoolDirectory: {
    name: 'LLM_OTEL_SPOOL_DIRECTORY',
    kind: text,
    source: 'llm-otel',
    effect:
      'folder for what cannot be delivered now; not set: what memory does not hold is dropped',
  },
  spoolMode: {
    name: 'LLM_OTEL_SPOOL_MODE',
    kind: oneOf(['off', 'overflow', 'always']),
    source: 'llm-otel',
    effect: 'always: every batch is written before it is sent',
  },
  spoolFsync: {
    name: 'LLM_OTEL_SPOOL_FSYNC',
    kind: oneOf(['never', 'interval', 'always']),
    source: 'llm-otel',
    effect: 'when it reaches the disk itself, which a loss of power asks for and kill -9 does not',
  },
  spoolMaxBytes: {
    name: 'LLM_OTEL_SPOOL_MAX_BYTES',
    kind: atLeast(65_536, 'By'),
    source: 'llm-otel',
    effect: 'bytes on disk for each signal, at least 65536; the oldest make room for the newest',
  },
  spoolMaxAgeMillis: {
    name: 'LLM_OTEL_SPOOL_MAX_AGE',
    kind: millisOfSome,
    source: 'llm-otel',
    effect: 'how long it is kept',
  },
  deadLettersMaxBytes: {
    name: 'LLM_OTEL_SPOOL_DEAD_LETTERS_MAX_BYTES',
    kind: countOf('By'),
    source: 'llm-otel',
    effect:
      'bytes on disk for what receivers refuse for good; 0 keeps none; not set: an eighth of LLM_OTEL_SPOOL_MAX_BYTES',
  },
  deadLettersMaxAgeMillis: {
    name: 'LLM_OTEL_SPOOL_DEAD_LETTERS_MAX_AGE',
    kind: millisOfSome,
    source: 'llm-otel',
    effect: 'how long that is kept',
  },
};
