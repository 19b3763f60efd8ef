import {
  type ReadableSpan,
  type SpanChanges,
  type SpanTransform,
  spanView,
  type TimedEvent,
} from '@llm-otel/core';
import type { Link, SpanContext } from '@opentelemetry/api';
import { eachOf } from './each-of.ts';
import { redactOrigins } from './redact-origins.ts';
import { redactSpanContext } from './redact-trace-state.ts';
import type { Redactor } from './redactor.ts';
import { withSensitivity } from './sensitivity.ts';

type Changes = Required<Omit<SpanChanges, 'spanContext'>>;

interface Contexts {
  readonly own: SpanContext;
  readonly parent: SpanContext | undefined;
}

/**
 * Redacts everything of a span that is text: name, attributes, events, links, status message, trace state, resource and
 * scope.
 * Returns the span itself when there is nothing to hide, otherwise a view of it: the SDK's object is not touched.
 * Resources and scopes are redacted once and shared, so that an exporter still groups spans by them.
 */
export function redactSpans(ofAnySignal: Redactor): SpanTransform {
  const redactor = ofAnySignal.forSignal('traces');
  const { attributes, resource, scope } = redactOrigins(redactor);

  function event(value: TimedEvent): TimedEvent {
    const name = redactor.redactName(value.name);
    const redacted = value.attributes && attributes(value.attributes, value.name);
    if (name === value.name && redacted === value.attributes) return value;
    return { ...value, name, ...(redacted && { attributes: redacted }) };
  }

  function link(value: Link): Link {
    const redacted = value.attributes && attributes(value.attributes);
    const context = redactSpanContext(redactor, value.context);
    if (redacted === value.attributes && context === value.context) return value;
    return { ...value, context, ...(redacted && { attributes: redacted }) };
  }

  function contextsOf(span: ReadableSpan): Contexts {
    const { parentSpanContext: parent } = span;
    return {
      own: redactSpanContext(redactor, span.spanContext()),
      parent: parent && redactSpanContext(redactor, parent),
    };
  }

  function changesOf(span: ReadableSpan): Changes {
    const { status } = span;
    const message = status.message === undefined ? undefined : redactor.redact(status.message);
    return {
      name: redactor.redactName(span.name),
      attributes: attributes(span.attributes),
      events: eachOf(span.events, event),
      links: eachOf(span.links, link),
      status: message === status.message ? status : { code: status.code, message: message! },
      resource: resource(span.resource),
      instrumentationScope: scope(span.instrumentationScope),
    };
  }

  return {
    name: 'redaction',
    transform(span) {
      if (!redactor.enabled) return span;
      const { result, sensitivity } = redactor.classified(() => ({
        changes: changesOf(span),
        contexts: contextsOf(span),
      }));
      const { own, parent } = result.contexts;
      const changes = {
        ...result.changes,
        attributes: withSensitivity(result.changes.attributes, sensitivity),
      };
      const isSameContext = own === span.spanContext() && parent === span.parentSpanContext;
      if (isSameContext && isSame(span, changes)) return span;
      const view = spanView(span, { ...changes, spanContext: () => own });
      return parent === undefined ? view : { ...view, parentSpanContext: parent };
    },
  };
}

function isSame(span: ReadableSpan, changes: Changes): boolean {
  return (
    changes.name === span.name &&
    changes.attributes === span.attributes &&
    changes.events === span.events &&
    changes.links === span.links &&
    changes.status === span.status &&
    changes.resource === span.resource &&
    changes.instrumentationScope === span.instrumentationScope
  );
}
