import { genAiSpanDefinitions } from '../generated/spans.ts';
import type { SpanDefinition } from '../model-types.ts';
import type { SpanType } from '../typed-attributes.ts';
import { attributeFindings, type AttributeValues } from './attribute-findings.ts';
import { reportOnMissing } from './missing-members.ts';
import { isOwnSpan } from './own-spans.ts';
import { ConformanceReport, type Finding } from './report.ts';
import { type KindName, spanTypesOf } from './span-types.ts';
import { told } from './value-problems.ts';

/** An ended span, of either OpenTelemetry line. */
export interface CheckedSpan {
  readonly name: string;
  /** The number of the API, or its name. */
  readonly kind: number | KindName;
  readonly status: { readonly code: number; readonly message?: string | undefined };
  readonly attributes: AttributeValues;
  spanContext?(): { readonly traceId: string };
}

export interface ConformanceOptions {
  /** Content may be on the span, because the application switched it on. @defaultValue false */
  readonly content?: boolean | undefined;
  /**
   * Attributes that must be there, because their condition holds in this test: `gen_ai.conversation.id` where the
   * application has conversations.
   */
  readonly required?: readonly string[] | undefined;
  /** The attributes the span was started with. Where given, those that samplers need must be among them. */
  readonly atStart?: AttributeValues | undefined;
  /**
   * A span of no kind of the conventions is an error, as `GET /` or one with an operation of its own is. Steps, decisions, approvals and
   * evaluations of `@llm-otel/*` are known. Where all spans of a test are meant to be theirs. @defaultValue false
   */
  readonly known?: boolean | undefined;
  /** @defaultValue worked out from operation, kind and provider */
  readonly type?: SpanType | undefined;
}

const KINDS: readonly KindName[] = ['INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const SPAN_MEMBERS = { name: 'string', status: 'object', attributes: 'object' } as const;
const STATUS_OK = 1;
const STATUS_ERROR = 2;

/**
 * Checks an ended span against every rule of the conventions that a span can show: name, kind, status, required and
 * conditional attributes, types, values, JSON shapes, what must not be there, and that content is opt-in.
 *
 * ```ts
 * expect(checkConformance(span).errors).toEqual([]);
 * ```
 */
export function checkConformance(
  span: CheckedSpan,
  options: ConformanceOptions = {},
): ConformanceReport {
  const missing = reportOnMissing('span', span, SPAN_MEMBERS);
  if (missing !== undefined) return missing;
  const kind = typeof span.kind === 'number' ? (KINDS[span.kind] ?? 'INTERNAL') : span.kind;
  const types = options.type === undefined ? spanTypesOf(span.attributes, kind) : [options.type];
  if (types.length === 0) return reportWithoutType(span, kind, options);
  const reports = types.map((type) => {
    const report = reportAs(type, span, kind, options);
    return { report, distance: distanceTo(type, report, span.attributes) };
  });
  // The kind of span it comes closest to; the general one where that is a draw.
  return reports.reduce((best, next) => (next.distance < best.distance ? next : best)).report;
}

/** {@link checkConformance} that throws its report where the span has errors. */
export function assertConformance(span: CheckedSpan, options?: ConformanceOptions): void {
  const report = checkConformance(span, options);
  if (!report.passed) throw new Error(String(report));
}

function distanceTo(
  type: SpanType,
  { errors, warnings }: ConformanceReport,
  values: AttributeValues,
): number {
  const { attributes } = genAiSpanDefinitions[type];
  const unlisted = Object.keys(values).filter((name) => !(name in attributes));
  return errors.length * 10_000 + warnings.length * 100 + unlisted.length;
}

function reportAs(
  type: SpanType,
  span: CheckedSpan,
  kind: KindName,
  options: ConformanceOptions,
): ConformanceReport {
  const definition = genAiSpanDefinitions[type];
  const { required = [], content = false } = options;
  return new ConformanceReport(span.name, type, [
    ...kindFinding(kind, definition),
    ...nameFinding(span, definition),
    ...statusFindings(span, definition),
    ...attributeFindings(span.attributes, {
      requirements: withMcp(definition, span.attributes),
      forbidden: definition.forbidden,
      failed: span.status.code === STATUS_ERROR,
      content,
      // A workflow is of no agent: it is around them.
      inherits: type !== 'gen_ai.invoke_workflow.internal',
      required,
      on: 'span',
    }),
    ...samplingFindings(span.attributes, definition, options.atStart),
    ...conversationFinding(span),
  ]);
}

/** A span of the application, or one that lacks what would tell its kind. */
function reportWithoutType(
  span: CheckedSpan,
  kind: KindName,
  options: ConformanceOptions,
): ConformanceReport {
  const operation = span.attributes['gen_ai.operation.name'];
  const ofGenAi = Object.keys(span.attributes).some(
    (name) => name.startsWith('gen_ai.') || name.startsWith('mcp.'),
  );
  const findings = attributeFindings(span.attributes, {
    requirements: {},
    content: options.content ?? false,
    required: options.required ?? [],
    on: 'span',
  }).filter(({ rule }) => rule !== 'unlisted');
  if (options.known === true && !isOwnSpan(span.name, kind, span.attributes))
    findings.push({
      severity: 'error',
      rule: 'unknown',
      message: 'it is of no kind that the conventions know, as the check asked for',
    });
  const ours = Object.keys(span.attributes).some((name) => name.startsWith('llm_otel.'));
  if (ofGenAi && operation === undefined && !ours)
    findings.push({
      severity: 'error',
      rule: 'required',
      attribute: 'gen_ai.operation.name',
      message: 'is missing, so that nobody can tell what the span is',
    });
  if (operation !== undefined && !ours)
    findings.push({
      severity: 'warning',
      rule: 'unknown',
      attribute: 'gen_ai.operation.name',
      message: 'is no operation of the conventions: nothing but the attributes could be checked',
    });
  return new ConformanceReport(span.name, undefined, findings);
}

/** A tool span may carry what MCP knows about the same call. */
function withMcp(
  { attributes, operations }: SpanDefinition,
  values: AttributeValues,
): SpanDefinition['attributes'] {
  if (values['mcp.method.name'] === undefined || !operations.includes('execute_tool'))
    return attributes;
  return { ...genAiSpanDefinitions['mcp.client'].attributes, ...attributes };
}

function kindFinding(kind: KindName, { kind: wanted, alternativeKind }: SpanDefinition): Finding[] {
  if (kind === wanted || kind === alternativeKind) return [];
  const or = alternativeKind === undefined ? '' : ` or ${alternativeKind}`;
  return [{ severity: 'error', rule: 'kind', message: `is ${kind}; it is ${wanted}${or}` }];
}

/** The first template whose placeholders are all known gives the name. */
function nameFinding(
  { name, attributes }: CheckedSpan,
  { nameTemplates }: SpanDefinition,
): Finding[] {
  for (const template of nameTemplates) {
    let known = true;
    const wanted = template.replaceAll(/\{([^}]+)\}/g, (_, placeholder: string) => {
      const value = attributes[placeholder];
      if (value === undefined) known = false;
      return String(value);
    });
    if (known)
      return name === wanted
        ? []
        : [{ severity: 'error', rule: 'name', message: `is ${told(name)}; it is ${told(wanted)}` }];
  }
  return [];
}

function statusFindings(
  { status, attributes }: CheckedSpan,
  { notErrors = [] }: SpanDefinition,
): Finding[] {
  if (status.code === STATUS_OK)
    return [{ severity: 'warning', rule: 'status', message: 'is OK; on success it is left unset' }];
  const code = attributes['rpc.response.status_code'];
  if (status.code === STATUS_ERROR && typeof code === 'string' && notErrors.includes(code))
    return [
      {
        severity: 'error',
        rule: 'status',
        message: `is an error; code ${code} is a mistake of the caller and no error here`,
      },
    ];
  return [];
}

function samplingFindings(
  attributes: AttributeValues,
  { attributes: requirements }: SpanDefinition,
  atStart: AttributeValues | undefined,
): Finding[] {
  if (atStart === undefined) return [];
  return Object.entries(requirements)
    .filter(
      ([name, { sampling }]) =>
        sampling === true && attributes[name] !== undefined && atStart[name] === undefined,
    )
    .map(([attribute]) => ({
      severity: 'error',
      rule: 'sampling',
      attribute,
      message: 'was set after the start, where samplers do not see it',
    }));
}

function conversationFinding(span: CheckedSpan): Finding[] {
  const attribute = 'gen_ai.conversation.id';
  const id = span.attributes[attribute];
  return id !== undefined && id === span.spanContext?.().traceId
    ? [
        {
          severity: 'error',
          rule: 'value',
          attribute,
          message: 'is the id of the trace; a conversation that has no id of its own gets none',
        },
      ]
    : [];
}
