import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type {
  AttributeFacts,
  EventFacts,
  MetricFacts,
  Model,
  Requirement,
  Requirements,
  SpanFacts,
} from './model-types.ts';

const folder = join(import.meta.dirname, 'model');

function read(file: string): unknown {
  return parse(readFileSync(join(folder, `${file}.yaml`), 'utf8')) as unknown;
}

function section<K extends keyof Model>(file: string, key: K): Model[K] {
  return (read(file) as Pick<Model, K>)[key];
}

interface OwnNames {
  readonly attributes: Record<string, AttributeFacts>;
  readonly metrics: Record<string, MetricFacts>;
  readonly events: Record<string, EventFacts>;
}

/** The whole model: the conventions, the core attributes they use, and our own names. */
export function readModel(): Model {
  const own = read('llm-otel') as OwnNames;
  return {
    attributes: {
      ...section('core-attributes', 'attributes'),
      ...section('attributes', 'attributes'),
      ...own.attributes,
    },
    spans: section('spans', 'spans'),
    metrics: { ...section('metrics', 'metrics'), ...own.metrics },
    events: { ...section('events', 'events'), ...own.events },
    removed: read('removed') as Model['removed'],
  };
}

export function requirementOf(requirement: Requirement): Exclude<Requirement, string> {
  return typeof requirement === 'string' ? { level: requirement } : requirement;
}

/** The span with everything it takes over from the span it refines. */
export function resolvedSpan(model: Model, name: string): SpanFacts {
  const span = model.spans[name];
  if (span === undefined) throw new Error(`No span "${name}" in the model`);
  if (span.refines === undefined) return span;
  const base = resolvedSpan(model, span.refines);
  return { ...base, ...span, attributes: { ...base.attributes, ...span.attributes } };
}

/** The attributes of an event, its own or those of the span it repeats. */
export function eventAttributes(model: Model, event: EventFacts): Requirements {
  if (event.attributes_of !== undefined) return resolvedSpan(model, event.attributes_of).attributes;
  return event.attributes ?? {};
}
