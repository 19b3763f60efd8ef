import type { Redactor } from '../../redactor.ts';
import type { Container, Editor } from '../editor.ts';
import type { PartContext } from '../redact-part.ts';
import { isKeyValue, plainAttributes, redactAnyValue, redactKeyValue } from './any-value.ts';

type Json = Readonly<Record<string, unknown>>;

/** Members that are text and whose name says nothing: of spans, events, scopes, log records and metrics. */
const TEXTS = new Set([
  'name',
  'message',
  'description',
  'unit',
  'eventName',
  'severityText',
  'version',
  'schemaUrl',
  'traceState',
]);
/** Members that are text in JSON and stand for bytes, numbers and enumerations. */
const NO_TEXT =
  /UnixNano$|^(?:traceId|spanId|parentSpanId|count|zeroCount|bucketCounts|asInt|kind)$/;
/** Members that hold attributes. */
const ATTRIBUTES = new Set(['attributes', 'filteredAttributes', 'metadata']);
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
 * Redacts everything of an OTLP/JSON request that is text, by `editor`. `at` is told where the redactor is, before it
 * looks.
 */
export function redactOtlp(
  request: Json,
  redactor: Redactor,
  editor: Editor,
  at: (where: string) => void,
): void {
  new OtlpRedaction(redactor, editor, at).message(request, 'request', { service: '', record: '' });
}

interface Place {
  readonly service: string;
  readonly record: string;
  /** The name of the event that the attributes or the body belong to. */
  readonly eventName?: string | undefined;
}

class OtlpRedaction {
  readonly #redactor: Redactor;
  readonly #editor: Editor;
  readonly #at: (where: string) => void;

  constructor(redactor: Redactor, editor: Editor, at: (where: string) => void) {
    this.#redactor = redactor;
    this.#editor = editor;
    this.#at = at;
  }

  message(message: Json, role: string, around: Place): void {
    const place = placeOf(message, role, around);
    for (const json of [message, ...this.#editor.hidden(message)])
      for (const [member, value] of Object.entries(json)) this.#member(json, member, value, place);
  }

  #member(json: Json, member: string, value: unknown, place: Place): void {
    if (typeof value === 'string') this.#text(json, member, member, value, place);
    else if (ATTRIBUTES.has(member) && Array.isArray(value)) this.#attributes(value, place);
    else if (member === 'body') redactAnyValue(json, member, this.#context(place, member));
    else if (Array.isArray(value))
      for (const [index, item] of value.entries()) {
        if (typeof item === 'string') this.#text(value, index, member, item, place);
        else this.#inner(item, member, place);
      }
    else this.#inner(value, member, place);
  }

  #inner(value: unknown, role: string, place: Place): void {
    // Numbers of a protobuf message are objects with their bytes.
    if (typeof value !== 'object' || value === null) return;
    if (Object.getPrototypeOf(value) === Object.prototype) this.message(value as Json, role, place);
  }

  #text(
    container: Container,
    key: string | number,
    member: string,
    value: string,
    place: Place,
  ): void {
    if (NO_TEXT.test(member)) return;
    this.#at(describe(place, member));
    if (TEXTS.has(member) || typeof key === 'number') {
      const after = this.#redactor.redact(value);
      if (after !== value) this.#editor.set(container, key, after);
      return;
    }
    const before = Object.fromEntries([[member, value]]);
    const [name, after] = Object.entries(this.#redactor.redactDeep(before) as Json)[0] ?? [];
    if (name === undefined) this.#editor.remove(container, member);
    else if (name !== member) this.#editor.rename(container, member, name);
    if (name !== undefined && after !== value) this.#editor.set(container, key, after);
  }

  #attributes(list: readonly unknown[], place: Place): void {
    // One by one, so that a finding is told by its attribute.
    for (const [index, item] of list.entries()) {
      if (isKeyValue(item)) redactKeyValue(list, index, [], this.#context(place, item.key));
      else this.#inner(item, 'attribute', place);
    }
  }

  #context(place: Place, member: string): PartContext {
    const where = describe(place, member);
    this.#at(where);
    const { eventName } = place;
    return { redactor: this.#redactor, editor: this.#editor, at: this.#at, where, eventName };
  }
}

function describe({ service, record }: Place, member: string): string {
  return [service, record, member].filter((part) => part !== '').join(', ');
}

/** Which record a message is. Names could hold what is looked for, so only ids say which. */
function placeOf(json: Json, role: string, around: Place): Place {
  if (role.startsWith('resource') && role !== 'resource') {
    const attributes = (json.resource as { readonly attributes?: unknown } | null | undefined)
      ?.attributes;
    const service = plainAttributes(attributes)['service.name'];
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
  return textOf(json.eventName) ?? textOf(plainAttributes(json.attributes)['event.name']);
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
