import { type Context, isSpanContextValid, type Link, type SpanContext } from '@opentelemetry/api';
import { FailureLog, InvalidOptionError } from '@llm-otel/core';
import { keysOf, readMember, toList } from '../read-member.ts';

const failures = new FailureLog();

/** What a request says about the place of its span. Plain JavaScript may give anything. */
interface Placement {
  readonly parent?: unknown;
  readonly links?: unknown;
  readonly span?: unknown;
  readonly toolSpan?: unknown;
}

/**
 * The request without what it cannot be used with: members that throw when they are read, a parent that is no context, links
 * that name no span, a span that is none. Only that is lost, and logged once with its name; the span of the request starts all the
 * same. The request itself where nothing is wrong. Never throws.
 */
export function usableRequest<R extends object | undefined>(given: R): R {
  if (typeof given !== 'object' || given === null) return given;
  try {
    return checked(given);
  } catch (error) {
    // A proxy that was revoked.
    failures.report('reading a request', error);
    return given;
  }
}

function checked<R extends object>(given: R): R {
  const request = readable(given);
  const { parent, links, span, toolSpan }: Placement = request;
  if (
    (parent === undefined || isContext(parent)) &&
    (links === undefined || areLinks(links)) &&
    (span === undefined || isSpan(span)) &&
    (toolSpan === undefined || isSpan(toolSpan))
  )
    return request;
  return {
    ...request,
    parent: isContext(parent) ? parent : leftOut('parent', parent, 'a context'),
    links: usableLinks(links),
    span: isSpan(span) ? span : leftOut('span', span, 'a span'),
    toolSpan: isSpan(toolSpan) ? toolSpan : leftOut('toolSpan', toolSpan, 'a span'),
  };
}

export function isContext(value: unknown): value is Context {
  return (
    typeof readMember(value, 'getValue') === 'function' &&
    typeof readMember(value, 'setValue') === 'function'
  );
}

/** A copy without the members that throw; nearly always the request itself. */
function readable<R extends object>(request: R): R {
  try {
    // Reads each member, and makes no list of them.
    for (const name in request) void request[name];
    return request;
  } catch {
    const copy: Record<string, unknown> = {};
    for (const name of keysOf(request))
      failures.guard(`reading ${name}`, () => (copy[name] = Reflect.get(request, name)));
    return copy as R;
  }
}

function areLinks(links: unknown): links is readonly Link[] {
  if (!Array.isArray(links)) return false;
  // Not `every`, which looks through the gaps of a list that is a length and nothing else.
  for (let index = 0; index < links.length; index++) if (!isLink(links[index])) return false;
  return true;
}

function usableLinks(links: unknown): readonly Link[] | undefined {
  if (links === undefined || areLinks(links)) return links;
  if (!Array.isArray(links)) return leftOut('links', links, 'a list of links');
  const usable = toList(links).filter(isLink);
  leftOut('links', `${links.length - usable.length} without a span`, '`{ context }` of a span');
  return usable;
}

function isLink(link: unknown): link is Link {
  const context = readMember(link, 'context');
  return (
    typeof readMember(context, 'traceId') === 'string' &&
    typeof readMember(context, 'spanId') === 'string' &&
    isSpanContextValid(context as SpanContext)
  );
}

function isSpan(value: unknown): boolean {
  return ['setAttribute', 'setAttributes', 'updateName', 'spanContext'].every(
    (method) => typeof readMember(value, method) === 'function',
  );
}

/** What came as JSON has null for nothing. */
function leftOut(option: string, value: unknown, use: string): undefined {
  if (value !== undefined && value !== null)
    failures.report(`using ${option}`, new InvalidOptionError({ option, value, use }));
}
