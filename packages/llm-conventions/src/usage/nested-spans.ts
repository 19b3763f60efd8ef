import { type Context, type Span, trace } from '@opentelemetry/api';
import { type AgentScope, agentScopeOf } from '../agent-scope.ts';
import { mergeUsage, type Usage } from './usage.ts';

/** A span of this process, with what calls below it told. */
export interface NestedSpan {
  readonly scope: AgentScope | undefined;
  /** The next one around it, and the next that is open once either is over. */
  around: NestedSpan | undefined;
  isOver: boolean;
  /** Whether it was a call by what it said at its start. */
  isCall: boolean;
  /** Those may yet tell what they used. */
  openCallsBelow: number;
  /** Whether a call below it is counted: what it says then repeats that. */
  hasCallBelow: boolean;
  /** What they told. */
  usageBelow: Usage | undefined;
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
    const nested = this.#spans.get(span) ?? nestedSpan(undefined, undefined);
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
    const nested = nestedSpan(scope, around);
    this.#spans.set(span, nested);
    return nested;
  }
}

/** A call below has told `usage`, or nothing. */
export function noteCallBelow(around: NestedSpan | undefined, usage: Usage | undefined): void {
  for (let each = around; each !== undefined; each = each.around) {
    each.hasCallBelow = true;
    if (usage !== undefined) each.usageBelow = mergeUsage(each.usageBelow, usage);
  }
}

/** Calls below have been begun, or are over. */
export function noteOpenCalls(around: NestedSpan | undefined, more: 1 | -1): void {
  for (let each = around; each !== undefined; each = each.around) each.openCallsBelow += more;
}

function nestedSpan(scope: AgentScope | undefined, around: NestedSpan | undefined): NestedSpan {
  return {
    scope,
    around,
    isOver: false,
    isCall: false,
    openCallsBelow: 0,
    hasCallBelow: false,
    usageBelow: undefined,
  };
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
