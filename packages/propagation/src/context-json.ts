import {
  context as contextApi,
  type Context,
  ROOT_CONTEXT,
  type TextMapPropagator,
} from '@opentelemetry/api';
import { type ContextEnvelope, extractEnvelope, injectEnvelope } from './envelope.ts';

// More than traceparent, tracestate and baggage at their limits need, escaped.
const MAX_LENGTH = 32_768;

/**
 * The whole context as a short JSON text, for one column of an outbox row: `{"traceparent":"00-…","baggage":"…"}`.
 * `undefined` where there is no valid context, for a column that is null then.
 * @param context - the active context where left out
 * @param propagator - as in `injectHeaders`
 */
export function contextToJson(
  context: Context = contextApi.active(),
  propagator?: TextMapPropagator,
): string | undefined {
  const envelope: ContextEnvelope = injectEnvelope({}, context, propagator);
  return Object.keys(envelope).length === 0 ? undefined : JSON.stringify(envelope);
}

/**
 * The context of such a column, for a consumer that becomes a child (or, with `linkTo`, a link). Returns `context` as
 * it is where `json` is null, too long, or no JSON of a valid context.
 * @param json - the text, or the object where the database has read the JSON itself
 * @param context - the root context where left out
 */
export function contextFromJson(
  json: unknown,
  context: Context = ROOT_CONTEXT,
  propagator?: TextMapPropagator,
): Context {
  if (typeof json !== 'string') return extractEnvelope(json, context, propagator);
  if (json.length > MAX_LENGTH) return context;
  try {
    return extractEnvelope(JSON.parse(json), context, propagator);
  } catch {
    return context;
  }
}
