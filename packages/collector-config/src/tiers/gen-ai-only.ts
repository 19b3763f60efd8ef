import type { Signal } from '../compile-options.ts';
import { spanAttribute } from '../ottl/span-condition.ts';

/** A connector between what is decided, redacted and complete, and the exporters that want a part of it. */
export const GEN_AI_CONNECTOR = 'forward/gen_ai';
export const GEN_AI_FILTER = 'filter/gen_ai';

// Today's conventions, and the name that they had for the provider before.
const marks = ['gen_ai.operation.name', 'gen_ai.provider.name', 'gen_ai.system'];

/** Drops what has nothing to do with models and agents. */
export function genAiFilter(signals: readonly Signal[]): Readonly<Record<string, unknown>> {
  return {
    error_mode: 'ignore',
    ...(signals.includes('traces')
      ? { traces: { span: [marks.map((key) => `${spanAttribute(key)} == nil`).join(' and ')] } }
      : undefined),
    ...(signals.includes('metrics')
      ? { metrics: { metric: ['not HasPrefix(metric.name, "gen_ai.")'] } }
      : undefined),
    ...(signals.includes('logs')
      ? {
          logs: {
            log_record: [
              'not HasPrefix(log.event_name, "gen_ai.") and (log.attributes["event.name"] == nil or not HasPrefix(log.attributes["event.name"], "gen_ai."))',
            ],
          },
        }
      : undefined),
  };
}
