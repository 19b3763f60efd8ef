import type { VariablesOf } from './variable.ts';
import { countOf } from './variable-kinds.ts';

/** How large one span or log record may become. */
export interface LimitEnvironment {
  readonly attributeValueLengthLimit?: number;
  readonly spanAttributeValueLengthLimit?: number;
  readonly logAttributeValueLengthLimit?: number;
  readonly attributeCountLimit?: number;
  readonly spanAttributeCountLimit?: number;
  readonly spanEventCountLimit?: number;
  readonly spanLinkCountLimit?: number;
  readonly eventAttributeCountLimit?: number;
  readonly linkAttributeCountLimit?: number;
  readonly logAttributeCountLimit?: number;
}

export const limitVariables: VariablesOf<LimitEnvironment> = {
  attributeValueLengthLimit: {
    name: 'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT',
    kind: countOf('{character}'),
    source: 'OpenTelemetry',
    effect:
      'longer values of attributes of spans, events, links and log records are cut, to 64 at least, after redaction (before it, half a secret would be left); not set: no limit',
  },
  spanAttributeValueLengthLimit: {
    name: 'OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT',
    kind: countOf('{character}'),
    source: 'OpenTelemetry',
    effect: 'the same for spans, their events and links, and wins over it there',
  },
  logAttributeValueLengthLimit: {
    name: 'OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT',
    kind: countOf('{character}'),
    source: 'OpenTelemetry',
    effect: 'the same for log records, and wins over it there; bodies are not cut',
  },
  attributeCountLimit: {
    name: 'OTEL_ATTRIBUTE_COUNT_LIMIT',
    kind: countOf('{attribute}'),
    source: 'OpenTelemetry',
    effect: 'attributes of one span, event, link or log record, where no other limit is set',
  },
  spanAttributeCountLimit: {
    name: 'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT',
    kind: countOf('{attribute}'),
    source: 'OpenTelemetry',
    effect: 'attributes of one span',
  },
  spanEventCountLimit: {
    name: 'OTEL_SPAN_EVENT_COUNT_LIMIT',
    kind: countOf('{event}'),
    source: 'OpenTelemetry',
    effect: 'events of one span',
  },
  spanLinkCountLimit: {
    name: 'OTEL_SPAN_LINK_COUNT_LIMIT',
    kind: countOf('{link}'),
    source: 'OpenTelemetry',
    effect: 'links of one span',
  },
  eventAttributeCountLimit: {
    name: 'OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT',
    kind: countOf('{attribute}'),
    source: 'OpenTelemetry',
    effect: 'attributes of one event',
  },
  linkAttributeCountLimit: {
    name: 'OTEL_LINK_ATTRIBUTE_COUNT_LIMIT',
    kind: countOf('{attribute}'),
    source: 'OpenTelemetry',
    effect: 'attributes of one link',
  },
  logAttributeCountLimit: {
    name: 'OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT',
    kind: countOf('{attribute}'),
    source: 'OpenTelemetry',
    effect: 'attributes of one log record',
  },
};
