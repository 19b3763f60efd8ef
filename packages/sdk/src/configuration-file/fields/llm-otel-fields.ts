import { DIALECTS } from '@llm-otel/llm-conventions';
import { parseRedactionPolicy, type RedactionPolicy } from '@llm-otel/redaction/policy';
import { parseSamplingPolicy } from '@llm-otel/sampling/policy';
import type {
  DeadLettersModel,
  FallbackModel,
  LlmOtelModel,
  SpoolModel,
} from '../llm-otel-model.ts';
import { data, type Field, flag, list, millis, number, object, text, words } from '../field.ts';

/** What the schema has no place for. It stands where the schema lets each language put its own. */
export const llmOtel: Field<LlmOtelModel> = object<LlmOtelModel>({
  preset: words('development', 'production', 'test'),
  content: words('none', 'span', 'event', 'both'),
  exceptions: words('span', 'event', 'both'),
  max_content_bytes: number('By', 1),
  dialects: list(words(...DIALECTS)),
  redaction: data('a policy of @llm-otel/redaction, or false', (value): RedactionPolicy | false =>
    value === false ? value : parseRedactionPolicy(value),
  ),
  sampling: data('a policy of @llm-otel/sampling', parseSamplingPolicy),
  baggage_keys: list(text),
  runtime_metrics: flag,
  fallback: object<FallbackModel>({ exporter: words('stdout', 'file', 'none'), file: text }),
  spool: object<SpoolModel>({
    directory: text,
    mode: words('off', 'overflow', 'always'),
    fsync: words('never', 'interval', 'always'),
    max_bytes: number('By', 1),
    max_age: millis,
    dead_letters: object<DeadLettersModel>({ max_bytes: number('By', 0), max_age: millis }),
  }),
  process_end: flag,
});
