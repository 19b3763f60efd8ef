import {
  context as contextApi,
  type Context,
  type Link,
  type TextMapPropagator,
  trace,
} from '@opentelemetry/api';
import { extractEnvelope, injectEnvelope } from './envelope.ts';

/** What is added to `params`; other members of `_meta` are those that were there. */
// No interface: those do not fit the `Record<string, unknown>` that SDKs ask for.
export type McpMeta = { _meta?: { [name: string]: unknown } };

/** `params` of a request or notification of the Model Context Protocol, as far as it matters here. */
export interface McpParams {
  readonly _meta?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * A copy of `params` with the context in `_meta` (`traceparent`, `tracestate`, `baggage`, without a prefix, as the
 * protocol has it since 2026-07-28). For whoever sends: a client that calls a tool, a server that asks its client
 * for a completion. Other members of `_meta` stay.
 * @param params - a request may have none; the copy is an object all the same. A whole request (`method` with `params` or
 * `jsonrpc`) gets the context in its `params`
 * @param context - the active context where left out
 * @param propagator - as in `injectHeaders`
 */
export function injectMcp<Params extends object = object>(
  params: (Params & McpParams) | null | undefined,
  context: Context = contextApi.active(),
  propagator?: TextMapPropagator,
): Params & McpMeta {
  if (isRequest(params)) {
    const inner = injectMcp(params.params, context, propagator);
    const isBare = params.params === undefined && Object.keys(inner).length === 0;
    return { ...params, ...(isBare ? {} : { params: inner }) } as Params & McpMeta;
  }
  const meta = injectEnvelope({ ...params?._meta }, context, propagator);
  const copy: object = Object.keys(meta).length === 0 ? { ...params } : { ...params, _meta: meta };
  return copy as Params & McpMeta;
}

/** A request or notification as it is sent, with or without what the transport adds. No `params` of the protocol have a method. */
function isRequest<Params>(
  given: Params | null | undefined,
): given is Params & { readonly params?: object | undefined } {
  return (
    typeof memberOf(given, 'method') === 'string' &&
    (memberOf(given, 'jsonrpc') !== undefined || memberOf(given, 'params') !== undefined)
  );
}

/** Where the span of a request starts, and what it links to. */
export interface McpParent {
  /** Pass it to `startSpan`. */
  readonly context: Context;
  /** Pass them to `startSpan` as `links`. */
  readonly links: Link[];
}

/**
 * The parent of the span that handles `message`: the sender's context, from `_meta`. The context around the handler
 * (that of the HTTP request, say) becomes a link, and the parent where `_meta` carries none.
 * @param message - a request, its `params`, or what an SDK passes to a handler beside them (`extra`, `ctx`): `_meta` is found in each
 * @param ambient - the active context where left out
 * @param propagator - as in `extractHeaders`
 */
export function extractMcp(
  message: unknown,
  ambient: Context = contextApi.active(),
  propagator?: TextMapPropagator,
): McpParent {
  // On top of the ambient context, so that what else is in it stays, without its span.
  const base = trace.deleteSpan(ambient);
  const context = extractEnvelope(metaOf(message), base, propagator);
  const around = trace.getSpanContext(ambient);
  if (trace.getSpanContext(context) === undefined) return { context: ambient, links: [] };
  return { context, links: around === undefined ? [] : [{ context: around }] };
}

/** In a request it is in `params`; version 2 of the official SDK hands its handlers a context with `mcpReq`. */
function metaOf(message: unknown): unknown {
  return (
    memberOf(message, '_meta') ??
    memberOf(memberOf(message, 'params'), '_meta') ??
    memberOf(memberOf(message, 'mcpReq'), '_meta')
  );
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  try {
    return (value as Record<string, unknown>)[name];
  } catch {
    return undefined;
  }
}
