import { constantName } from './constant-name.ts';
import type { AttributeFacts, EventFacts, Model } from './model-types.ts';
import { eventAttributes, resolvedSpan } from './read-model.ts';
import { renderMetricNames } from './render-metric-names.ts';
import { quoted, renderRequirements } from './render-requirements.ts';
import { SharedTexts } from './shared-texts.ts';
import { sorted } from './sorted.ts';

const HEADER =
  '// Generated from tooling/semconv/model by tooling/semconv/generate.ts. Do not edit.\n\n';

/** Every generated file by its name, without the folder. */
export function renderModel(model: Model): Record<string, string> {
  const files: Record<string, (model: Model) => string> = {
    'attributes.ts': renderAttributeNames,
    'values.ts': renderValues,
    'attribute-types.ts': renderAttributeTypes,
    'metrics.ts': renderMetrics,
    'events.ts': renderEvents,
    'spans.ts': renderSpans,
    'attribute-facts.ts': renderAttributeFacts,
    'removed-names.ts': renderRemovedNames,
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, render]) => [name, HEADER + render(model)]),
  );
}

function renderAttributeNames({ attributes }: Model): string {
  return sorted(attributes)
    .map(([name, facts]) => {
      // The name of a template attribute ends in a dot: the key is added to it.
      const value = facts.key === undefined ? name : `${name}.`;
      return `/** ${facts.brief}. */\nexport const ATTR_${constantName(name)} = ${quoted(value)} as const;\n`;
    })
    .join('');
}

function renderValues({ attributes }: Model): string {
  return sorted(attributes)
    .flatMap(([name, { values = [] }]) =>
      values.map((value) => {
        const suffix = value === '_OTHER' ? 'OTHER' : constantName(value);
        return `export const ${constantName(name)}_VALUE_${suffix} = ${quoted(value)} as const;\n`;
      }),
    )
    .join('');
}

function typeOf(name: string, facts: AttributeFacts): string {
  const { type } = facts;
  if (isEnum(facts)) return `${typeName(name)}Value | CustomValue`;
  if (type === 'int' || type === 'double') return 'number';
  if (type === 'string[]') return 'readonly string[]';
  if (type === 'double[]') return 'readonly number[]';
  // JSON text, or the value itself where the SDK keeps structured values.
  if (type === 'any') return 'string | object';
  return type === 'template[string]' ? 'string' : type;
}

function isEnum({ values, free }: AttributeFacts): boolean {
  return values !== undefined && free !== true;
}

/** `gen_ai.provider.name` as `GenAiProviderName`. */
function typeName(name: string): string {
  return name
    .split(/[._]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function renderAttributeTypes(model: Model): string {
  const enums = sorted(model.attributes)
    .filter(([, facts]) => isEnum(facts))
    .map(([name, { values = [] }]) => {
      const union = values.map(quoted).join('\n  | ');
      return (
        `/** The values the conventions list for \`${name}\`. */\nexport type ${typeName(name)}Value =\n  | ${union};\n` +
        `/** Values of \`${name}\`. The list is open. */\nexport type ${typeName(name)} = ${typeName(name)}Value | (string & {});\n`
      );
    })
    .join('\n');
  const members = sorted(model.attributes)
    .map(([name, facts]) => {
      const key = facts.key === undefined ? quoted(name) : `[key: \`${name}.\${string}\`]`;
      return `  readonly ${key}: ${typeOf(name, facts)};\n`;
    })
    .join('');
  const spans = Object.keys(model.spans)
    .map((name) => {
      const keys = Object.keys(resolvedSpan(model, name).attributes).toSorted();
      return `  readonly ${quoted(name)}:\n${keys
        .map(
          (key) =>
            `    | ${model.attributes[key]?.key === undefined ? quoted(key) : `\`${key}.\${string}\``}`,
        )
        .join('\n')};\n`;
    })
    .join('');
  const operations = Object.keys(model.spans)
    .map((name) => {
      const values = resolvedSpan(model, name).operations ?? [];
      return `  readonly ${quoted(name)}: ${values.map(quoted).join(' | ')};\n`;
    })
    .join('');
  const ofProviders = Object.entries(
    Object.groupBy(
      Object.entries(model.spans).filter(([, { provider }]) => provider !== undefined),
      ([, { provider = '' }]) => provider,
    ),
  )
    .map(
      ([provider, spans = []]) =>
        `  readonly ${quoted(provider)}: ${spans.map(([name]) => quoted(name)).join(' | ')};\n`,
    )
    .join('');
  return (
    `import type { CustomValue } from '../custom-value.ts';\n\n${enums}\n/** The type of each attribute's value. A value that is not listed is marked with \`customValue\`. */\nexport interface AttributeTypes {\n${members}}\n` +
    `\n/** The attributes that the conventions list for each kind of span. */\nexport interface SpanAttributeNames {\n${spans}}\n` +
    `\n/** The operations that each kind of span stands for. */\nexport interface SpanOperations {\n${operations}}\n` +
    `\n/** The kinds of span that one provider alone has. */\nexport interface ProviderSpans {\n${ofProviders}}\n`
  );
}

function renderMetrics({ metrics }: Model): string {
  const shared = new SharedTexts();
  const definitions = sorted(metrics)
    .map(([name, { instrument, unit, value_type, brief, when, buckets, attributes }]) => {
      const lines = [
        `name: METRIC_${constantName(name)}`,
        `instrument: ${quoted(instrument)}`,
        `unit: ${quoted(unit)}`,
        `valueType: ${quoted(value_type)}`,
        `description: ${quoted(brief)}`,
        ...(when === undefined ? [] : [`when: ${quoted(when)}`]),
        ...(buckets === undefined ? [] : [`buckets: ${shared.name(`[${buckets.join(', ')}]`)}`]),
        `attributes: ${shared.name(renderRequirements(attributes, ''))}`,
      ];
      return `  [METRIC_${constantName(name)}]: {\n${lines.map((line) => `    ${line},\n`).join('')}  },\n`;
    })
    .join('');
  return (
    `import type { MetricDefinition } from '../model-types.ts';\n\n` +
    `${renderMetricNames('MetricName', metrics)}\n${shared.constants}\n` +
    `/** Every metric of the conventions, and ours, with unit, instrument, advised buckets and attributes. */\n` +
    `export const genAiMetricDefinitions: Readonly<Record<MetricName, MetricDefinition>> = {\n${definitions}};\n`
  );
}

function renderEvents(model: Model): string {
  const names = sorted(model.events)
    .map(
      ([name, { brief }]) =>
        `/** ${brief}. */\nexport const EVENT_${constantName(name)} = ${quoted(name)} as const;\n`,
    )
    .join('');
  const definitions = sorted(model.events)
    .map(
      ([name, event]) =>
        `  [EVENT_${constantName(name)}]: {\n${eventLines(model, name, event)}  },\n`,
    )
    .join('');
  return (
    `import type { EventDefinition } from '../model-types.ts';\nimport { genAiSpanDefinitions } from './spans.ts';\n\n${names}\n` +
    `/** Every event of the conventions, and ours. */\n` +
    `export const genAiEventDefinitions: Readonly<Record<string, EventDefinition>> = {\n${definitions}};\n`
  );
}

function eventLines(model: Model, name: string, event: EventFacts): string {
  return [
    `name: EVENT_${constantName(name)}`,
    `level: ${quoted(event.level)}`,
    ...(event.severity_number === undefined ? [] : [`severityNumber: ${event.severity_number}`]),
    event.attributes_of === undefined
      ? `attributes: ${renderRequirements(eventAttributes(model, event), '    ')}`
      : `attributes: genAiSpanDefinitions[${quoted(event.attributes_of)}].attributes`,
  ]
    .map((line) => `    ${line},\n`)
    .join('');
}

function renderSpans(model: Model): string {
  const definitions = Object.keys(model.spans)
    .map((name) => {
      const span = resolvedSpan(model, name);
      const list = (values: readonly string[]): string => `[${values.map(quoted).join(', ')}]`;
      const lines = [
        ...(span.refines === undefined ? [] : [`refines: ${quoted(span.refines)}`]),
        ...(span.provider === undefined ? [] : [`provider: ${quoted(span.provider)}`]),
        `kind: ${quoted(span.kind ?? 'INTERNAL')}`,
        ...(span.alternative_kind === undefined
          ? []
          : [`alternativeKind: ${quoted(span.alternative_kind.kind)}`]),
        `operations: ${list(span.operations ?? [])}`,
        `nameTemplates: ${list(span.name ?? [])}`,
        ...(span.entity === undefined ? [] : [`entity: ${quoted(span.entity)}`]),
        ...(span.forbidden === undefined ? [] : [`forbidden: ${list(span.forbidden)}`]),
        ...(span.not_errors === undefined ? [] : [`notErrors: ${list(span.not_errors)}`]),
        `metrics: ${list(span.metrics ?? [])}`,
        `attributes: ${spanAttributes(model, name)}`,
      ];
      return `  ${quoted(name)}: {\n${lines.map((line) => `    ${line},\n`).join('')}  },\n`;
    })
    .join('');
  return (
    `import type { AttributeRequirements, SpanDefinition } from '../model-types.ts';\nimport type { SpanAttributeNames } from './attribute-types.ts';\n\n${refinedAttributes(model)}` +
    `/** Every kind of span of the conventions: kind, name rule, metrics and requirement levels. */\n` +
    `export const genAiSpanDefinitions: Readonly<Record<keyof SpanAttributeNames, SpanDefinition>> = {\n${definitions}};\n`
  );
}

/** The attributes of the spans that others refine, which repeat them with some of their own. */
function refinedAttributes(model: Model): string {
  const refined = new Set(Object.values(model.spans).flatMap(({ refines }) => refines ?? []));
  return [...refined]
    .map(
      (name) =>
        `const ${constantName(name)}: AttributeRequirements = ${renderRequirements(resolvedSpan(model, name).attributes, '')};\n\n`,
    )
    .join('');
}

function spanAttributes(model: Model, name: string): string {
  const { refines } = model.spans[name] ?? {};
  const isRefined = Object.values(model.spans).some((span) => span.refines === name);
  if (isRefined) return constantName(name);
  if (refines === undefined)
    return renderRequirements(resolvedSpan(model, name).attributes, '    ');
  const own = renderRequirements(model.spans[name]?.attributes ?? {}, '    ');
  return own.replace('{\n', `{\n      ...${constantName(refines)},\n`);
}

function renderAttributeFacts({ attributes }: Model): string {
  const entries = sorted(attributes)
    .map(([name, facts]) => {
      const { type, sensitive, values, free, subset_of, shape, only_on } = facts;
      const members = [
        `type: ${quoted(type)}`,
        ...(sensitive === true ? ['sensitive: true'] : []),
        ...(values === undefined ? [] : [`values: [${values.map(quoted).join(', ')}]`]),
        ...(free === true ? ['free: true'] : []),
        ...(subset_of === undefined ? [] : [`subsetOf: [${subset_of.map(quoted).join(', ')}]`]),
        ...(shape === undefined ? [] : [`shape: ${quoted(shape)}`]),
        ...(only_on === undefined ? [] : [`onlyOn: ${quoted(only_on)}`]),
      ];
      return `  ${quoted(name)}: { ${members.join(', ')} },\n`;
    })
    .join('');
  return (
    `import type { AttributeDefinition } from '../model-types.ts';\n\n` +
    `/** Type, sensitivity and known values of every attribute. Enums are open. */\n` +
    `export const genAiAttributeDefinitions: Readonly<Record<string, AttributeDefinition>> = {\n${entries}};\n`
  );
}

function renderRemovedNames({ removed }: Model): string {
  const table = (removals: Model['removed']['attributes']): string =>
    Object.entries(removals)
      .map(([name, { to, values }]) => {
        const members = [
          ...(to === undefined ? [] : [`to: ${quoted(to)}`]),
          ...(values === undefined
            ? []
            : [
                `values: { ${Object.entries(values)
                  .map(([from, now]) => `${quoted(from)}: ${quoted(now)}`)
                  .join(', ')} }`,
              ]),
        ];
        return `  ${quoted(name)}: {${members.length === 0 ? '' : ` ${members.join(', ')} `}},\n`;
      })
      .join('');
  return (
    `import type { RemovedName } from '../model-types.ts';\n\n` +
    `/** Attributes that are gone, and what took over; nothing did where \`to\` is missing. */\n` +
    `export const removedAttributes: Readonly<Record<string, RemovedName>> = {\n${table(removed.attributes)}};\n\n` +
    `/** Metrics that are gone. */\nexport const removedMetrics: Readonly<Record<string, RemovedName>> = {\n${table(removed.metrics)}};\n\n` +
    `/** Events that are gone. */\nexport const removedEvents: Readonly<Record<string, RemovedName>> = {\n${table(removed.events)}};\n`
  );
}
