import { type Context, type Span, trace } from '@opentelemetry/api';
import { type AgentScope, agentScopeOf } from '../agent-scope.ts';
import type { CallInside } from '../inference/call-inside.ts';
import { isOwnCall } from './own-calls.ts';
import { haveSameTotals, mergeUsage, sumOfUsages, type Usage } from './usage.ts';

/** A span of this process, with what calls below it told. */
export interface NestedSpan {
  readonly span: object;
  readonly scope: AgentScope | undefined;
  /** The next one around it, and the next that is open once either is over. */
  around: NestedSpan | undefined;
  isOver: boolean;
  /** Whether it was a call by what it said at its start. */
  isCall: boolean;
  /** Those may yet tell what they used. */
  openCallsBelow: number;
  /** Calls below it that are counted: what it says then repeats that. */
  readonly below: CallsBelow;
  /** Those of them that are no embeddings: what has output repeats none of those. */
  readonly answersBelow: CallsBelow;
  /** What a call below told that lacks its input or its output: the run around hears of it when this one is over, which may tell more. */
  part: PartBelow | undefined;
}

export interface PartBelow {
  readonly usage: Usage | undefined;
  /** To whom it is to be told, if it is not for a call of ours around it to tell. */
  readonly scope: AgentScope | undefined;
  /** Else what that knows of it. */
  readonly call: CallInside | undefined;
}

export interface CallsBelow {
  isThere: boolean;
  /** What they told, as of one call that is seen several times. */
  usage: Usage | undefined;
  /** What they told together. */
  sum: Usage | undefined;
  /** Which models they were for; undefined once one did not say so. */
  models: Set<string> | undefined;
}

/** A call that has ended. */
export interface EndedCall {
  readonly usage: Usage | undefined;
  /** By the names it was asked and answered with. */
  readonly models: readonly string[];
  readonly isAnswer: boolean;
}

/** Which span stands in which, as long as the inner one lives. */
export class NestedSpans {
  readonly #spans = new WeakMap<object, NestedSpan>();

  /** Undefined for one that stands in nothing. */
  started(span: object, parentContext: Context): NestedSpan | undefined {
    const scope = agentScopeOf(parentContext);
    const parent = trace.getSpan(parentContext);
    const around = parent && this.#openAround(parent);
    return scope === undefined && around === undefined ? undefined : this.#add(span, scope, around);
  }

  ended(span: object): NestedSpan {
    const nested = this.#spans.get(span) ?? nestedSpan(span, undefined, undefined);
    nested.isOver = true;
    nested.around = firstOpen(nested.around);
    return nested;
  }

  #openAround(parent: Span): NestedSpan | undefined {
    const nested = this.#spans.get(parent);
    if (nested === undefined) return isOpen(parent) ? this.#add(parent) : undefined;
    // Spans that are over are let go: of an endless chain, each begun in the one before, nothing is kept.
    nested.around = firstOpen(nested.around);
    return firstOpen(nested);
  }

  #add(span: object, scope?: AgentScope, around?: NestedSpan): NestedSpan {
    const nested = nestedSpan(span, scope, around);
    this.#spans.set(span, nested);
    return nested;
  }
}

/** A call below has told what it used, or nothing. */
export function noteCallBelow(around: NestedSpan | undefined, call: EndedCall): void {
  for (let each = around; each !== undefined; each = each.around) {
    add(each.below, call);
    if (call.isAnswer) add(each.answersBelow, call);
  }
}

/** Of more it is not known either. */
const MAX_MODELS = 16;

function add(calls: CallsBelow, { usage, models }: EndedCall): void {
  calls.isThere = true;
  if (usage !== undefined) {
    calls.usage = mergeUsage(calls.usage, usage);
    calls.sum = sumOfUsages(calls.sum, usage);
  }
  if (models.length === 0 || (calls.models?.size ?? 0) >= MAX_MODELS) calls.models = undefined;
  for (const model of models) calls.models?.add(model);
}

/** Whether what a call around says is its own: those below are for other models, and told other numbers. */
export function isAnotherCall(
  { models, usage, sum }: CallsBelow,
  told: Usage,
  modelsAround: readonly string[],
): boolean {
  if (models === undefined || modelsAround.length === 0) return false;
  if (modelsAround.some((model) => models.has(model))) return false;
  return !haveSameTotals(usage, told) && !haveSameTotals(sum, told);
}

/** Another library's call around that is not over, and may tell what this one does not. */
export function foreignCallAround(around: NestedSpan | undefined): NestedSpan | undefined {
  let each = around;
  while (each !== undefined && (!each.isCall || each.isOver || isOwnCall(each.span)))
    each = each.around;
  return each;
}

/** Calls below have been begun, or are over. */
export function noteOpenCalls(around: NestedSpan | undefined, more: 1 | -1): void {
  for (let each = around; each !== undefined; each = each.around) each.openCallsBelow += more;
}

function nestedSpan(
  span: object,
  scope: AgentScope | undefined,
  around: NestedSpan | undefined,
): NestedSpan {
  return {
    span,
    scope,
    around,
    isOver: false,
    isCall: false,
    openCallsBelow: 0,
    below: noCalls(),
    answersBelow: noCalls(),
    part: undefined,
  };
}

function noCalls(): CallsBelow {
  return { isThere: false, usage: undefined, sum: undefined, models: new Set() };
}

function firstOpen(nested: NestedSpan | undefined): NestedSpan | undefined {
  let open = nested;
  while (open?.isOver === true) open = open.around;
  return open;
}

/** A span of the SDK that records; those of other processes, and those that are not sampled, are none. */
function isOpen(span: object): boolean {
  return 'ended' in span && span.ended === false;
}
