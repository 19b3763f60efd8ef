// docs/configuration.md, made from the definitions themselves: what is read cannot differ from what is written there.
import { environmentVariables, type Variable } from '@llm-otel/core/setup';
import { defaultOf } from '../src/cli/doctor/settings.ts';
import { unreadVariables } from '../src/cli/doctor/unread-variables.ts';
import type { Field } from '../src/configuration-file/field.ts';
import { configuration } from '../src/configuration-file/fields/configuration-fields.ts';
import { configurationExamples } from './configuration-examples.ts';

/** The page as it is in the repository. */
export function configurationPage(): string {
  return `${[
    '# Configuration',
    'Made from the definitions in `packages/core/src/setup/variables` and `packages/sdk/src/configuration-file/fields` by `pnpm --filter @llm-otel/sdk generate`. Do not edit.',
    '`@llm-otel/sdk` is configured by options in code, by environment variables or by a file. The options are in its [README](../packages/sdk/README.md#options).',
    '## Which wins',
    list([
      '`OTEL_SDK_DISABLED=true` and `OTEL_ENABLED=false` win over everything: then nothing is loaded.',
      'An option in code wins over a variable and over the file.',
      'A variable wins over the default. One of a signal (`OTEL_EXPORTER_OTLP_TRACES_…`) wins over the common one.',
      'With `OTEL_CONFIG_FILE` the file stands in the place of all variables but those it names as `${NAME}`; the proxies of the machine, `NODE_ENV`, `OTEL_REDACTION_HASH_KEY` and `OTEL_NODE_ENABLED_INSTRUMENTATIONS` are read all the same.',
      'The preset of the environment (`DEPLOYMENT_ENVIRONMENT`, `NODE_ENV`) has defaults of its own, for what neither option, variable nor file says.',
    ]),
    '`npx llm-otel doctor` tells what holds, and where it comes from.',
    '## What cannot be used',
    'A variable that cannot be used is reported in one line, and counts as not set; with `strict: true` it is thrown (`LLM_OTEL_INVALID_OPTION`). The line has the name, the value and what may stand there; what may hold a secret is not printed:',
    fenced(
      'text',
      'OTEL_BSP_MAX_QUEUE_SIZE is "many": use a whole number of at least 1\nOTEL_EXPORTER_OTLP_HEADERS is [redacted]: use key=value pairs separated by commas, percent-encoded',
    ),
    'An empty variable counts as not set. A duration may have a unit: `5000`, `5000ms`, `5s`, `2m`.',
    '## Examples',
    ...configurationExamples.flatMap(({ title, language, text }) => [
      `### ${title}`,
      fenced(language, text),
    ]),
    '## Environment variables',
    'The source says where name and default come from: the specifications of OpenTelemetry and of OTLP, OpenTelemetry for JavaScript, the GenAI conventions, Node.js, or this project.',
    table(
      ['variable', 'value', 'unit', 'default', 'source', 'effect'],
      Object.entries(environmentVariables).map(([key, variable]) => variableRow(key, variable)),
    ),
    '## Standard variables that are not read',
    table(
      ['variable', 'why'],
      unreadVariables.map(({ names, why }) => [codes(names), why]),
    ),
    '## The file',
    '`OTEL_CONFIG_FILE`, or the option `configFile`, names a file by the [OpenTelemetry configuration schema](https://github.com/open-telemetry/opentelemetry-configuration), version 1.0 or 1.1: `.yaml` and `.yml` need the package `yaml`, `.json` needs none. What is not in the file has the default of the schema: no exporter, no propagator, no resource detector.',
    '`${NAME}`, `${env:NAME}` and `${NAME:-default}` are replaced by variables, in values only; `$$` is a dollar sign. Outside of quotes the result is typed as if it stood there; in JSON, always.',
    'Everything that is wrong with a file is told at once, with line and column (in YAML), and telemetry does not start; a key that does not exist comes with the nearest that does. What the schema has and is not supported is a warning, and an error with `strict: true`; what is for other languages and for other instrumentations of this one is left alone.',
    'All processors of a signal feed one queue, from which each exporter has its own share: the largest `max_queue_size`, the smallest `max_export_batch_size` and the shortest `schedule_delay` hold; a `simple` processor has a delay of 0. Shares of traces are taken by consistent probability sampling.',
    fenced('yaml', treeOf(configuration)),
    'Under `instrumentation/development.js.llm_otel` stands what the schema has no place for; validators of the schema let it pass.',
    '## Keys that are not supported',
    table(['key', 'why'], unsupportedIn(configuration)),
  ].join('\n\n')}\n`;
}

function variableRow(key: string, variable: Variable<unknown>): string[] {
  const { name, kind, source, effect } = variable;
  const value = defaultOf(key, variable);
  const shown = value === undefined ? '' : `\`${value}\``;
  return [`\`${name}\``, kind.type, kind.unit ?? '', shown, source, effect];
}

/** Every key that something is done with, as a file would have it; what was there before is not repeated. */
function treeOf(root: Field<unknown>): string {
  const shown = new Set<string>();
  const lines: string[] = [];
  const visit = (field: Field<unknown>, indent: string, first = indent): void => {
    let start = first;
    for (const [key, child] of Object.entries((field.items ?? field).fields ?? {})) {
      if (child.unsupported !== undefined) continue;
      const shape = shapeOf(child);
      const isKnown = shape.length > 40 && shown.has(`${key} ${shape}`);
      shown.add(`${key} ${shape}`);
      const note = noteOn(child, isKnown);
      lines.push(`${start}${key}:${note === '' ? '' : ` # ${note}`}`);
      start = indent;
      if (isKnown) continue;
      const isList = child.items?.fields !== undefined;
      if (isList) visit(child, `${indent}    `, `${indent}  - `);
      else visit(child, `${indent}  `);
    }
  };
  visit(root, '');
  return lines.join('\n');
}

function noteOn(
  { type, unit, items, fields, isRequired }: Field<unknown>,
  isKnown: boolean,
): string {
  const what = items === undefined ? (fields === undefined ? type : undefined) : listOf(items);
  const isChoice = fields !== undefined && type.startsWith('one of');
  return [
    isKnown ? 'as above' : isChoice ? 'one of' : what,
    unit,
    isRequired === true ? 'required' : undefined,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
}

function listOf({ type, fields }: Field<unknown>): string {
  if (fields === undefined) return `a list; each ${type}`;
  return type.startsWith('one of') ? 'a list; each one of' : 'a list';
}

/** The same for fields with the same keys below them. */
function shapeOf(field: Field<unknown>): string {
  const entries = Object.entries((field.items ?? field).fields ?? {});
  return entries.map(([key, child]) => `${key}(${shapeOf(child)})`).join(' ');
}

function unsupportedIn(field: Field<unknown>, path = ''): string[][] {
  const inner = field.items ?? field;
  return Object.entries(inner.fields ?? {}).flatMap(([key, child]) => {
    const name = path === '' ? key : `${path}.${key}`;
    return child.unsupported === undefined
      ? unsupportedIn(child, child.items === undefined ? name : `${name}[]`)
      : [[`\`${name}\``, child.unsupported]];
  });
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) =>
    row.map((cell) => cell.replaceAll('|', String.raw`\|`)),
  );
  const widths = head.map((_, column) =>
    Math.max(3, ...cells.map((row) => (row[column] ?? '').length)),
  );
  const lines = cells.map(
    (row) => `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

const fenced = (language: string, text: string): string =>
  `\`\`\`${language}\n${text.trim()}\n\`\`\``;
const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');
const codes = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
