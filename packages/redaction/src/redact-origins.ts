import type { InstrumentationScope, Resource } from '@llm-otel/core';
import type { Attributes } from '@opentelemetry/api';
import type { Redactor } from './redactor.ts';
import { FAILED } from './replacement.ts';

export interface OriginRedaction {
  /** `eventName` is that of the event the attributes belong to. */
  readonly attributes: (value: Attributes, eventName?: string) => Attributes;
  readonly resource: (value: Resource) => Resource;
  readonly scope: (value: InstrumentationScope) => InstrumentationScope;
}

/** Redacts resources and scopes, each once: an exporter groups by them, so what shared one must share the result. */
export function redactOrigins(redactor: Redactor): OriginRedaction {
  let resources = new WeakMap<Resource, Resource>();
  let scopes = new WeakMap<InstrumentationScope, InstrumentationScope>();
  let { revision } = redactor;

  /** What was redacted by an earlier policy is redacted anew. */
  function forgetOld(): void {
    if (revision === redactor.revision) return;
    revision = redactor.revision;
    resources = new WeakMap();
    scopes = new WeakMap();
  }

  function attributes(value: Attributes, eventName?: string): Attributes {
    const redacted = redactor.redactDeep(value, eventName);
    // Not even the names could be read.
    return typeof redacted === 'object'
      ? (redacted as Attributes)
      : { 'llm_otel.redaction': FAILED };
  }

  function resource(value: Resource): Resource {
    forgetOld();
    const known = resources.get(value);
    if (known !== undefined) return known;
    const redacted = attributes(value.attributes);
    const schemaUrl = textOf(value.schemaUrl);
    const isSame = redacted === value.attributes && schemaUrl === value.schemaUrl;
    const result = isSame ? value : { schemaUrl, attributes: redacted };
    // Detectors may still be adding to it.
    const isPending = (value as { asyncAttributesPending?: boolean }).asyncAttributesPending;
    if (isPending !== true) resources.set(value, result);
    return result;
  }

  function scope(value: InstrumentationScope): InstrumentationScope {
    forgetOld();
    const known = scopes.get(value);
    if (known !== undefined) return known;
    const result = redactScope(value);
    scopes.set(value, result);
    return result;
  }

  function redactScope(value: InstrumentationScope): InstrumentationScope {
    const name = redactor.redactName(value.name);
    const version = textOf(value.version);
    const schemaUrl = textOf(value.schemaUrl);
    const redacted = value.attributes && attributes(value.attributes);
    const isSame =
      name === value.name &&
      version === value.version &&
      schemaUrl === value.schemaUrl &&
      redacted === value.attributes;
    return isSame ? value : { name, version, schemaUrl, attributes: redacted };
  }

  function textOf(value: string | undefined): string | undefined {
    return value === undefined ? undefined : redactor.redactName(value);
  }

  return { attributes, resource, scope };
}
