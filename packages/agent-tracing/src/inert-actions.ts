import { InertOperation } from '@llm-otel/llm-conventions';
import type { Approval } from './approval-types.ts';
import type { OpenDecision } from './decision-types.ts';
import type { Step } from './run-types.ts';

/** What happens inside a run that records nothing. */
export class InertActions extends InertOperation implements Step, OpenDecision, Approval {
  // Steps that are not recorded are not counted either.
  readonly index = 0;
  readonly reference = undefined;

  choose(): void {}
  decided(): void {}
}

/** One serves all: it keeps nothing. */
const INERT: InertActions = new InertActions();

export function inertActions(): InertActions {
  return INERT;
}
