import type { AttributeTypes } from '@llm-otel/llm-conventions';
import type { OpenSpan } from './run-types.ts';

export interface ApprovalOptions {
  /** What is to be approved, few distinct values: `refund`. */
  readonly name: string;
  /** Role or group that is asked, never a person. */
  readonly approver?: string | undefined;
  /**
   * When the question was asked, where that was in an earlier process, in milliseconds since 1970; what is no time is logged and left out.
   * @defaultValue now
   */
  readonly askedAtMillis?: number | undefined;
}

/** A person is being asked. The time until the answer is the waiting time. */
export interface Approval extends OpenSpan {
  /** What the answer was. Work that answers with `true` or `false` need not call it. */
  decided(outcome: AttributeTypes['llm_otel.approval.outcome'], approver?: string): void;
}
