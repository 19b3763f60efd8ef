import type { Redactor } from '../../redactor.ts';
import {
  anyValue,
  attributesOf,
  type AnyValue,
  type KeyValue,
  plainAttributes,
  plainValue,
} from './any-value.ts';

type Json = Readonly<Record<string, unknown>>;

/** Members that hold text and no attributes: of spans, events, scopes, log records and metrics. */
const TEXTS = new Set([
  'name',
  'message',
  'description',
  'unit',
  'eventName',
  'severityText',
  'version',
  'traceState',
]);
/** Members that hold attributes. */
const ATTRIBUTES = new Set(['attributes', 'filteredAttributes']);
const SIGNALS = ['resourceSpans', 'resourceLogs', 'resourceMetrics'];

/** Whether the value is an OTLP/JSON request. */
export function isOtlp(value: unknown): value is Json {
  return (
    typeof value === 'object' &&
    value !== null &&
    SIGNALS.some((signal) => Array.isArray((value as Json)[signal]))
  );
}

/**
 * Redacts everything of an OTLP/JSON request that is text. Returns the request itself when there is nothing to hide.
 * `at` is told where the redactor is, before it looks.
 */
export function redactOtlp(request: Json, redactor: Redactor, at: (where: string) => void): Json {
  return new OtlpRedaction(redactor, at).message(request, 'request', {
    service: '',
    record: '',
  }) as Json;
}

interface Place {
  readonly service: string;
  readonly record: string;
  /** The name of the event that the attributes or the body belong to. */
  readonly eventName?: string | undefined;
}

class OtlpRedaction {
  readonly #redactor: Redactor;
  readonly #at: (where: string) => void;

  constructor(redactor: Redactor, at: (where: string) => void) {
    this.#redactor = redactor;
    this.#at = at;
  }

  message(value: unknown, role: string, around: Place): unknown {
    // Numbers of a protobuf message are objects with their bytes.
    if (
      typeof value !== 'object' ||
      value === null ||
      Object.getPrototypeOf(value) !== Object.prototype
    )
      return value;
    const json = value as Json;
    const place = placeOf(json, role, around);
    let copy: Record<string, unknown> | undefined;
    for (const [member, before] of Object.entries(json)) {
      const after = this.#member(member, before, place);
      if (after !== before) (copy ??= { ...json })[member] = after;
    }
    return copy ?? json;
  }

  #member(member: string, value: unknown, place: Place): unknown {
    if (typeof value === 'string') {
      if (!TEXTS.has(member)) return value;
      this.#at(describe(place, member));
      return this.#redactor.redact(value);
    }
    if (ATTRIBUTES.has(member) && Array.isArray(value))
      return this.#attributes(value as KeyValue[], place);
    if (member === 'body') return this.#body(value as AnyValue, place);
    if (Array.isArray(value)) {
      const list = value.map((item) => this.message(item, member, place));
      return list.every((item, index) => item === value[index]) ? value : list;
    }
    return this.message(value, member, place);
  }

  #attributes(list: KeyValue[], place: Place): KeyValue[] {
    const plain = plainAttributes(list);
    let changed = false;
    const all: Record<string, unknown> = {};
    // One by one, so that a finding is told by its attribute.
    for (const [key, value] of Object.entries(plain)) {
      this.#at(describe(place, key));
      const before = { [key]: value };
      const after = this.#redactor.redactDeep(before, place.eventName);
      if (after !== before) changed = true;
      Object.assign(all, after);
    }
    return changed ? attributesOf(all, list) : list;
  }

  #body(value: AnyValue, place: Place): AnyValue | undefined {
    this.#at(describe(place, 'body'));
    const plain = plainValue(value);
    return anyValue(this.#redactor.redactDeep(plain, place.eventName), plain, value);
  }
}

function describe({ service, record }: Place, member: string): string {
  return [service, record, member].filter((part) => part !== '').join(', ');
}

/** Which record a message is. Names could hold what is looked for, so only ids say which. */
function placeOf(json: Json, role: string, around: Place): Place {
  if (role.startsWith('resource') && role !== 'resource') {
    const attributes = (json.resource as { readonly attributes?: readonly KeyValue[] } | undefined)
      ?.attributes;
    const service = plainAttributes(attributes ?? [])['service.name'];
    return {
      service: typeof service === 'string' && service.length <= 64 ? service : '',
      record: '',
    };
  }
  if (role === 'spans')
    return { ...around, record: `span ${idOf(json.spanId)} of trace ${idOf(json.traceId)}` };
  if (role === 'logRecords') {
    const trace =
      typeof json.traceId !== 'string' || json.traceId === '' ? '' : ` of trace ${json.traceId}`;
    return {
      ...around,
      record: `log record at ${idOf(json.timeUnixNano)}${trace}`,
      eventName: eventNameOf(json),
    };
  }
  if (role === 'metrics') return { ...around, record: 'metric' };
  if (role === 'events')
    return { ...around, record: `${around.record}, event`, eventName: textOf(json.name) };
  if (role === 'links') return { ...around, record: `${around.record}, link` };
  return around;
}

/** The name of the event of a log record, which was an attribute once. */
function eventNameOf(json: Json): string | undefined {
  const attributes = (json.attributes ?? []) as readonly KeyValue[];
  return textOf(json.eventName) ?? textOf(plainAttributes(attributes)['event.name']);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An id or a time, which a protobuf message holds as an object with its bytes. */
function idOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null
    ? (value as { readonly toString: () => string }).toString()
    : '';
}
