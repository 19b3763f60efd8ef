import { errorWord, nearestName } from '@llm-otel/core';
import { genAiAttributeDefinitions } from '../generated/attribute-facts.ts';
import { removedAttributes } from '../generated/removed-names.ts';
import type { AttributeDefinition, AttributeRequirement } from '../model-types.ts';
import type { Finding } from './report.ts';
import { hasToolSchemas, shapeProblems } from './json-shapes.ts';

/** The definition of an attribute, also of one whose name ends in a key of its own. */
export function definitionOf(name: string): AttributeDefinition | undefined {
  return genAiAttributeDefinitions[templateOf(name) ?? name];
}

/** `gen_ai.prompt.variable` for `gen_ai.prompt.variable.city`. */
export function templateOf(name: string): string | undefined {
  return TEMPLATES.find((template) => name.startsWith(`${template}.`));
}

const TEMPLATES = Object.keys(genAiAttributeDefinitions).filter(
  (name) => genAiAttributeDefinitions[name]?.type === 'template[string]',
);

/** What is wrong with the value of an attribute, by itself. */
export function valueFindings(name: string, value: unknown): Finding[] {
  const definition = definitionOf(name);
  if (definition === undefined) return [];
  const error = (rule: Finding['rule'], message: string): Finding => ({
    severity: 'error',
    rule,
    attribute: name,
    message,
  });

  const wrongType = typeProblem(definition.type, value);
  if (wrongType !== undefined) return [error('type', wrongType)];
  if (definition.shape !== undefined)
    return [
      ...shapeProblems(definition.shape, value).map((problem) => error('shape', problem)),
      ...schemaAdvice(name, definition.shape, value),
    ];
  if (name === 'error.type' && errorWord(value) === undefined)
    return [error('value', `is ${told(value)}; it is a word with few distinct values`)];
  if (Array.isArray(value) && value.length === 0)
    return [error('value', 'is an empty list; what is not known is left out')];
  if (typeof value === 'number' && value < 0 && isCount(name, definition.type))
    return [error('value', `is ${value}; a count is not negative`)];
  if (typeof value === 'string' && name.endsWith('.uri') && hasCredentials(value))
    return [error('value', 'has credentials in it, which are left out')];
  return enumFinding(name, value, definition);
}

/** Whole numbers count something, but for the code of an exit, and settings: a seed; a -1 that stands for no limit at some servers. */
function isCount(name: string, type: string): boolean {
  if (name.startsWith('gen_ai.request.')) return name.endsWith('.count');
  return type === 'int' && !name.endsWith('.code');
}

/** A user before the host, or a parameter that is a key. */
function hasCredentials(uri: string): boolean {
  return (
    /^[a-z][a-z0-9+.-]*:\/\/[^/?#@]*@/i.test(uri) ||
    /[?&](?:access_?token|token|api_?key|sig|signature|x-amz-signature|secret|password)=./i.test(
      uri,
    )
  );
}

function typeProblem(type: string, value: unknown): string | undefined {
  const is = `is ${told(value)}`;
  switch (type) {
    case 'int':
      return Number.isSafeInteger(value) ? undefined : `${is}, and not an integer`;
    case 'double':
      return Number.isFinite(value) ? undefined : `${is}, and not a number`;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `${is}, and not true or false`;
    case 'string[]':
      return Array.isArray(value) && value.every((member) => typeof member === 'string')
        ? undefined
        : `${is}, and not a list of strings`;
    case 'double[]':
      return Array.isArray(value) && value.every((member) => Number.isFinite(member))
        ? undefined
        : `${is}, and not a list of numbers`;
    case 'any':
      return undefined;
    default:
      return typeof value === 'string' ? undefined : `${is}, and not a string`;
  }
}

function schemaAdvice(attribute: string, shape: string, value: unknown): Finding[] {
  if (shape !== 'tool_definitions' || !hasToolSchemas(value)) return [];
  const message = 'has descriptions or schemas, which are left out unless they are asked for';
  return [{ severity: 'advice', rule: 'content', attribute, message }];
}

/** Enums are open: another value is an error only where it stands for one that is listed. */
function enumFinding(
  name: string,
  value: unknown,
  { values, free }: AttributeDefinition,
): Finding[] {
  if (values === undefined || free === true || typeof value !== 'string') return [];
  if (values.includes(value)) return [];
  const meant = renamedValue(name, value) ?? values.find((known) => plain(known) === plain(value));
  const near = meant === undefined ? nearestName(value, values) : undefined;
  const doubt =
    near === undefined
      ? 'right only where none of the listed values fits'
      : `did you mean ${told(near)}?`;
  return meant === undefined
    ? [
        {
          severity: near === undefined ? 'advice' : 'warning',
          rule: 'value',
          attribute: name,
          message: `is ${told(value)}, which is not listed: ${doubt}`,
        },
      ]
    : [
        {
          severity: 'error',
          rule: 'value',
          attribute: name,
          message: `is ${told(value)}; write ${told(meant)}`,
        },
      ];
}

/** The value that took over from one of before. */
function renamedValue(name: string, value: string): string | undefined {
  const renames = Object.values(removedAttributes).find(({ to }) => to === name)?.values;
  return renames !== undefined && Object.hasOwn(renames, value) ? renames[value] : undefined;
}

const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** What the requirement of a span says about the value. */
export function constantFinding(
  name: string,
  value: unknown,
  { value: only, notValue }: AttributeRequirement,
): Finding[] {
  const message =
    only !== undefined && value !== only
      ? `is ${told(value)}; here it is ${told(only)} or absent`
      : notValue !== undefined && value === notValue
        ? `is ${told(value)}, which is left out`
        : undefined;
  return message === undefined
    ? []
    : [{ severity: 'error', rule: 'value', attribute: name, message }];
}

export function told(value: unknown): string {
  const text = typeof value === 'string' ? `"${value}"` : stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function stringify(value: unknown): string {
  try {
    // Undefined for a function or symbol, whatever the type of JSON.stringify says.
    const text: string | undefined = JSON.stringify(value);
    return text ?? typeof value;
  } catch {
    return typeof value;
  }
}
