import { removedAttributes } from '../generated/removed-names.ts';
import type { AttributeRequirement, AttributeRequirements } from '../model-types.ts';
import type { Finding } from './report.ts';
import {
  constantFinding,
  definitionOf,
  templateOf,
  told,
  valueFindings,
} from './value-problems.ts';

export type AttributeValues = Readonly<Record<string, unknown>>;

/** The requirements that a set of attributes is checked against. */
export interface Expectation {
  readonly requirements: AttributeRequirements;
  readonly forbidden?: readonly string[] | undefined;
  /** Whether the operation failed; undefined where that cannot be seen. */
  readonly failed?: boolean | undefined;
  readonly content: boolean;
  /** Whether it may have what a run around it gives to its calls. */
  readonly inherits?: boolean | undefined;
  /** Attributes that must be there, whatever their condition. */
  readonly required: readonly string[];
  readonly on: 'span' | 'event' | 'metric';
}

/** What our own runs give to the calls inside them, whose kinds do not list it: a back end finds the calls of an agent by it. */
const INHERITED: ReadonlySet<string> = new Set(['gen_ai.agent.name', 'gen_ai.conversation.id']);

/** The conventions tell them of operations that did not fail. */
const ON_SUCCESS: ReadonlySet<string> = new Set(['gen_ai.tool.call.result']);

/** Namespaces in which only the names of the conventions may stand. */
const CLOSED = ['gen_ai.', 'mcp.', 'openai.', 'aws.bedrock.'];

export function attributeFindings(values: AttributeValues, expectation: Expectation): Finding[] {
  const names = Object.keys(values).filter((name) => values[name] !== undefined);
  return [
    ...names.flatMap((name) => presentFindings(name, values, expectation)),
    ...Object.entries(expectation.requirements).flatMap(([name, requirement]) =>
      absentFindings(name, requirement, values, expectation),
    ),
    ...expectation.required
      .filter(
        (name) => !isSet(name, values) && expectation.requirements[name]?.level !== 'required',
      )
      .map((name) => finding('error', 'required', name, 'is missing, and asked for in this check')),
    ...partFindings(values),
  ];
}

function presentFindings(name: string, values: AttributeValues, expected: Expectation): Finding[] {
  const value = values[name];
  const removed = removedAttributes[name];
  if (removed !== undefined)
    return [
      finding(
        'error',
        'removed',
        name,
        removed.to === undefined ? 'is gone from the conventions' : `is now ${removed.to}`,
      ),
    ];
  const definition = definitionOf(name);
  if (definition === undefined)
    return CLOSED.some((namespace) => name.startsWith(namespace))
      ? [finding('error', 'unknown', name, 'is no attribute of the conventions')]
      : [];
  if (expected.forbidden?.some((pattern) => matches(name, pattern)) === true)
    return [finding('error', 'forbidden', name, `must not be on this ${expected.on}`)];
  if (
    definition.onlyOn === 'resource' ||
    (definition.onlyOn === 'metrics' && expected.on !== 'metric')
  )
    return [finding('error', 'forbidden', name, `belongs on the ${definition.onlyOn} only`)];

  const findings = valueFindings(name, value);
  const requirement = expected.requirements[templateOf(name) ?? name];
  if (requirement === undefined) {
    const isInherited = expected.inherits === true && INHERITED.has(name);
    if (!isInherited && CLOSED.some((namespace) => name.startsWith(namespace)))
      findings.push(
        finding('warning', 'unlisted', name, `is not listed for this kind of ${expected.on}`),
      );
    return findings;
  }
  if (findings.length === 0) findings.push(...constantFinding(name, value, requirement));
  if (requirement.level === 'opt_in' && definition.sensitive === true && !expected.content)
    findings.push(
      finding('error', 'content', name, 'is content, which is recorded only where it is asked for'),
    );
  // What is required where another one is set tells nothing without it: a port, without its host.
  for (const condition of [requirement.onlyWith, requirement.ifSet])
    if (condition !== undefined && !holds(condition, values))
      findings.push(
        finding('error', 'conditional', name, `stands only where ${asWords(condition)}`),
      );
  if (ON_SUCCESS.has(name) && expected.failed === true)
    findings.push(finding('error', 'status', name, 'stands only where the operation did not fail'));
  if (requirement.ifFailed === true && expected.failed === false)
    findings.push(
      finding('error', 'status', name, `is ${told(value)}, and the status is not an error`),
    );
  return findings;
}

function absentFindings(
  name: string,
  requirement: AttributeRequirement,
  values: AttributeValues,
  { failed }: Expectation,
): Finding[] {
  if (isSet(name, values)) return [];
  const { level, when, ifFailed, ifSet, unlessSet, onlyWith } = requirement;
  if (level === 'required') return [finding('error', 'required', name, 'is missing')];
  const error = (condition: string): Finding[] => [
    finding('error', 'conditional', name, `is missing, and ${condition}`),
  ];
  if (ifFailed === true) return failed === true ? error('the operation failed') : [];
  if (ifSet !== undefined) return isSet(ifSet, values) ? error(`${ifSet} is set`) : [];
  if (unlessSet !== undefined) return isSet(unlessSet, values) ? [] : error(`so is ${unlessSet}`);
  if (level === 'opt_in' || (onlyWith !== undefined && !holds(onlyWith, values))) return [];
  const rule = level === 'conditional' ? 'conditional' : 'recommended';
  const asked = level === 'conditional' ? 'is required' : 'is recommended';
  return [finding('advice', rule, name, `${asked}${when === undefined ? '' : `, where ${when}`}`)];
}

/** A part of a count is not larger than the whole. */
function partFindings(values: AttributeValues): Finding[] {
  return Object.keys(values).flatMap((name) =>
    (definitionOf(name)?.subsetOf ?? []).flatMap((whole) => {
      const [part, all] = [values[name], values[whole]];
      return typeof part === 'number' && typeof all === 'number' && part > all
        ? [finding('error', 'value', name, `is ${part}, a part of ${whole}, which is ${all}`)]
        : [];
    }),
  );
}

function isSet(name: string, values: AttributeValues): boolean {
  return (
    values[name] !== undefined ||
    Object.keys(values).some((other) => templateOf(other) === name && values[other] !== undefined)
  );
}

/** `name`, or `name=value`. */
function holds(condition: string, values: AttributeValues): boolean {
  const [name = '', wanted] = condition.split('=');
  return wanted === undefined ? isSet(name, values) : values[name] === wanted;
}

function asWords(condition: string): string {
  const [name, wanted] = condition.split('=');
  return wanted === undefined ? `${name} is set` : `${name} is "${wanted}"`;
}

function matches(name: string, pattern: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

function finding(
  severity: Finding['severity'],
  rule: Finding['rule'],
  attribute: string,
  message: string,
): Finding {
  return { severity, rule, attribute, message };
}
