import type { TelemetryEnvironment } from '@llm-otel/core/setup';
import type { Spool } from '@llm-otel/exporters-resilient';
import type { Redactor } from '@llm-otel/redaction';
import type { AttributeLengths } from './attribute-lengths.ts';
import type { ExportPlan } from './export-plan.ts';
import type { Measure } from './operation-durations.ts';
import type { TelemetryOptions } from './telemetry-options.ts';

/** What the parts that export are chosen from. */
export interface Choosing {
  readonly options: TelemetryOptions;
  readonly environment: TelemetryEnvironment;
  readonly plan: ExportPlan;
  readonly redactor: Redactor;
  readonly lengths?: AttributeLengths | undefined;
  readonly measure?: Measure | undefined;
  readonly spool?: Spool | undefined;
}
