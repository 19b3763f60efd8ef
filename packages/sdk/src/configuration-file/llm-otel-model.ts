import type { RedactionPolicy } from '@llm-otel/redaction/policy';
import type { SamplingPolicy } from '@llm-otel/sampling/policy';
import type { ContentMode, Dialect, ExceptionSignal } from '@llm-otel/llm-conventions';
import type { PresetName } from '../telemetry-options.ts';

/** What the schema has no place for: `instrumentation/development.js.llm_otel`. A member is `undefined` where it is absent or null. */
export interface LlmOtelModel {
  readonly preset: PresetName | undefined;
  readonly content: ContentMode | undefined;
  readonly exceptions: ExceptionSignal | undefined;
  readonly max_content_bytes: number | undefined;
  readonly dialects: readonly Dialect[] | undefined;
  readonly redaction: RedactionPolicy | false | undefined;
  readonly sampling: SamplingPolicy | undefined;
  readonly baggage_keys: readonly string[] | undefined;
  readonly runtime_metrics: boolean | undefined;
  readonly fallback: FallbackModel | undefined;
  readonly spool: SpoolModel | undefined;
  readonly process_end: boolean | undefined;
}

export interface FallbackModel {
  readonly exporter: 'stdout' | 'file' | 'none' | undefined;
  readonly file: string | undefined;
}

export interface SpoolModel {
  readonly directory: string | undefined;
  readonly mode: 'off' | 'overflow' | 'always' | undefined;
  readonly fsync: 'never' | 'interval' | 'always' | undefined;
  readonly max_bytes: number | undefined;
  readonly max_age: number | undefined;
  readonly dead_letters: DeadLettersModel | undefined;
}

export interface DeadLettersModel {
  /** 0: none are kept. */
  readonly max_bytes: number | undefined;
  readonly max_age: number | undefined;
}
