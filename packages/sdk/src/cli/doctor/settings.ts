import { environmentVariables, telemetryDefaults, type Variable } from '@llm-otel/core/setup';
import type { Environment } from '@llm-otel/core';
import type { ConfigurationFile } from '../../configuration-file/index.ts';
import { withoutSecrets } from './endpoint-findings.ts';

/** One setting that holds, and where it comes from. */
export interface Setting {
  readonly name: string;
  /** As it is printed: `[hidden]` where it may hold a secret. */
  readonly value: string;
  /** `variable`, `default`, or the name of the file. */
  readonly from: string;
}

const HIDDEN = '[hidden]';

/** What variables say, and the defaults of the others. */
export function settingsFromVariables(environment: Environment): Setting[] {
  return entries().flatMap(([key, variable]): Setting[] => {
    const { name } = variable;
    const set = environment[name];
    if (set !== undefined && set !== '') {
      return [{ name, value: shownVariable(variable, set), from: 'variable' }];
    }
    const value = defaultOf(key, variable);
    return value === undefined ? [] : [{ name, value, from: 'default' }];
  });
}

/** The default of a variable, as it would be written in it. */
export function defaultOf(key: string, { kind }: Variable<unknown>): string | undefined {
  const value = telemetryDefaults[key as keyof typeof telemetryDefaults] as
    | { toString(): string }
    | undefined;
  // Ours are milliseconds, whatever a bare number in the variable counts in.
  return (kind.unit === 's' && typeof value === 'number' ? value / 1000 : value)?.toString();
}

/** What a file says, and the variables that it stands in the place of. */
export function settingsFromFile(
  { name: from, model }: ConfigurationFile,
  environment: Environment,
): Setting[] {
  const settings: Setting[] = [];
  const visit = (value: unknown, path: string): void => {
    if (value === undefined) return;
    if (typeof value !== 'object' || value === null) {
      settings.push({ name: path, value: shownOf(path, value), from });
      return;
    }
    // A choice as the file has it: the key, and what stands below it.
    if ('kind' in value && 'value' in value) {
      const below = value.value;
      const name = `${path}.${String(value.kind)}`;
      if (isEmpty(below)) settings.push({ name, value: '', from });
      else visit(below, name);
      return;
    }
    if (Array.isArray(value) && /\battributes\[\d+\]$/.test(path)) {
      const [name, of] = value as [string, unknown];
      settings.push({ name: `resource.attributes ${name}`, value: String(of), from });
      return;
    }
    for (const [key, child] of Object.entries(value)) {
      visit(child, Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`);
    }
  };
  visit(model, '');
  const passedOver = entries().flatMap(([, { name, kind }]): Setting[] =>
    environment[name] === undefined || kind.isSecret === true || READ_ANYWAY.has(name)
      ? []
      : [{ name, value: '', from: `not read: ${from} stands in its place` }],
  );
  return [...settings, ...passedOver];
}

const READ_ANYWAY: ReadonlySet<string> = new Set([
  'OTEL_CONFIG_FILE',
  'OTEL_SDK_DISABLED',
  'OTEL_ENABLED',
  'NO_PROXY',
  'NODE_ENV',
  'OTEL_REDACTION_HASH_KEY',
  'OTEL_NODE_ENABLED_INSTRUMENTATIONS',
]);

function entries(): [string, Variable<unknown>][] {
  return Object.entries(environmentVariables);
}

function isEmpty(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((member) => member === undefined)
  );
}

function shownVariable({ name, kind }: Variable<unknown>, value: string): string {
  return kind.isSecret === true ? HIDDEN : name.endsWith('_ENDPOINT') ? shownUrl(value) : value;
}

function shownOf(path: string, value: unknown): string {
  if (/\bheaders(_list)?\b/.test(path) && !path.endsWith('.name')) return HIDDEN;
  return path.endsWith('.endpoint') ? shownUrl(String(value)) : String(value);
}

function shownUrl(url: string): string {
  return URL.canParse(url) ? withoutSecrets(url) : HIDDEN;
}
