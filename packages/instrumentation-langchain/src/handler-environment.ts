import type { Context, Span } from '@opentelemetry/api';
import type { GenAi } from '@llm-otel/llm-conventions';
import type { InterruptedRuns } from './interrupts.ts';
import type { Run } from './run-table.ts';

/** What the starts of runs are made with. */
export interface HandlerEnvironment {
  readonly genAi: GenAi;
  readonly interrupted: InterruptedRuns;
  readonly parentThread: string | undefined;
  /** Where a node or chain gets its span, which the conventions have no operation for. */
  readonly startPlain: (
    name: string,
    attributes: Record<string, string | number>,
    parent: Context,
  ) => Span;
}

/** A run, as its start makes it: with the context of its span, or that around it where it has none. */
export type StartedRun = Omit<Run, 'calls'>;
