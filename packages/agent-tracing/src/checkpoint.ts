import type { SpanReference } from '@llm-otel/llm-conventions';
import type { RunUsage } from './budget.ts';
import type { UsageReport } from './usage-report.ts';

/** Where a run stands, as plain JSON: to be stored, and given to the `resume` of a later run. */
export interface Checkpoint {
  readonly agentName: string;
  readonly conversationId?: string | undefined;
  readonly usage: RunUsage;
  /** Index of the next step. @defaultValue `usage.steps` */
  readonly nextStep?: number | undefined;
  /** What parts and other agents reported so far: a later report of the same one counts only what is new. */
  readonly included?: readonly UsageReport[] | undefined;
  /** How often it was resumed so far. */
  readonly resumed: number;
  /** The run that was paused. */
  readonly span?: SpanReference | undefined;
}

/** What a part of a run in another thread or process needs, as plain JSON: to be given to `agents.join` there. */
export interface RunCarrier {
  readonly agentName: string;
  readonly conversationId?: string | undefined;
  /** The span that the part hangs below. */
  readonly span?: SpanReference | undefined;
}
