import { type Environment, InvalidOptionError } from '@llm-otel/core';
import { optionProblems } from './check-options.ts';
import { substituted } from './configuration-file/substitute.ts';
import type { TelemetryOptions } from './telemetry-options.ts';

/** Options as plain data. */
export interface OptionsAsJson {
  /** For `JSON.stringify`: what may be secret is a reference such as `${LLM_OTEL_HEADER_AUTHORIZATION}`. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What the references stand for. It is not for a file: put it where secrets are kept. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * The options as JSON, from which {@link optionsFromJson} makes the same options again. Values of headers, and an
 * endpoint with a password or a query, are taken out and handed over beside it. `environment` is left out: it belongs to
 * the process.
 * @throws InvalidOptionError for an option that is code: a processor, an exporter, a store, a clock
 */
export function optionsToJson(options: TelemetryOptions): OptionsAsJson {
  const variables: Record<string, string> = {};
  const hidden = (name: string, value: string): string => {
    variables[name] = value;
    return `\${${name}}`;
  };
  const { headers, endpoint, environment: _, ...others } = options;
  const json = plain(others, '') as Record<string, unknown>;
  if (endpoint !== undefined) {
    json['endpoint'] = /[@?]/.test(endpoint)
      ? hidden('LLM_OTEL_ENDPOINT', endpoint)
      : escaped(endpoint);
  }
  if (headers !== undefined) {
    // For what is none: a function that makes them has no entries.
    plain(headers, 'headers');
    const entries = Object.entries(headers).map(([name, value], index) => {
      const words = name.toUpperCase().replaceAll(/[^A-Z\d]+/g, '_');
      const variable = `LLM_OTEL_HEADER_${words}`;
      // Two names may differ in what a variable cannot have.
      const free = Object.hasOwn(variables, variable) ? `${variable}_${index}` : variable;
      return [name, hidden(free, value)] as const;
    });
    json['headers'] = Object.fromEntries(entries);
  }
  return { options: json, variables };
}

/**
 * Options from JSON, with `${NAME}` and `${NAME:-default}` in texts replaced by variables, and `$$` by a dollar sign.
 * @throws UnknownOptionError for an option that does not exist; InvalidOptionError for one that cannot be used, or whose variable is not set; SubstitutionError for a `${` that begins no reference
 */
export function optionsFromJson(json: unknown, variables: Environment = {}): TelemetryOptions {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new InvalidOptionError({ option: 'options', value: json, use: 'a mapping of options' });
  const options = replaced(json, variables) as TelemetryOptions;
  const [problem] = optionProblems(options);
  if (problem !== undefined) throw problem.error;
  return options;
}

/** A copy that is data alone, with its dollar signs doubled. */
function plain(value: unknown, path: string): unknown {
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'boolean' || value === null || value === undefined) return value;
  if (Array.isArray(value)) return value.map((item, at) => plain(item, `${path}[${at}]`));
  const prototype: unknown = typeof value === 'object' ? Object.getPrototypeOf(value) : undefined;
  if (prototype !== Object.prototype && prototype !== null)
    throw new InvalidOptionError({
      option: path,
      value,
      use: 'plain data, or leave it out: it cannot be written as JSON',
    });
  const entries = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => [key, plain(member, path === '' ? key : `${path}.${key}`)] as const);
  return Object.fromEntries(entries);
}

const escaped = (text: string): string => text.replaceAll('$', '$$$$');

function replaced(value: unknown, variables: Environment, path = ''): unknown {
  if (typeof value === 'string')
    return substituted(value, variables, (name) => {
      throw new InvalidOptionError({
        option: path,
        value: `\${${name}}`,
        use: `a variable that is set, or a default: \${${name}:-default}`,
      });
    });
  if (Array.isArray(value))
    return value.map((item, at) => replaced(item, variables, `${path}[${at}]`));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    replaced(item, variables, path === '' ? key : `${path}.${key}`),
  ]);
  return Object.fromEntries(entries) as unknown;
}
