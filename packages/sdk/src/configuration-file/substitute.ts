import type { Environment } from '@llm-otel/core';

/** Thrown for a reference that is none: `${1X}`, `${A`. The text of it is not in the message, since a default may be a secret. */
export class SubstitutionError extends Error {}

const REFERENCE = /^(?:env:)?([A-Za-z_]\w*)(?::-(.*))?$/s;

/**
 * `text` with `${NAME}`, `${env:NAME}` and `${NAME:-default}` replaced by variables, and `$$` by `$`. A variable that is
 * empty or not set is its default, or nothing; one that is not set and has no default is what `missing` says. What is put in is
 * not looked at again.
 * @throws SubstitutionError for a `${` that begins no reference
 */
export function substituted(
  text: string,
  environment: Environment,
  missing: (name: string) => string = () => '',
): string {
  let result = '';
  let from = 0;
  for (;;) {
    const dollar = text.indexOf('$', from);
    const next = dollar === -1 ? undefined : text[dollar + 1];
    if (dollar === -1) return result + text.slice(from);
    result += text.slice(from, dollar);
    if (next === '$') {
      result += '$';
      from = dollar + 2;
    } else if (next === '{') {
      const end = text.indexOf('}', dollar);
      const [, name, otherwise] = REFERENCE.exec(text.slice(dollar + 2, Math.max(end, 0))) ?? [];
      if (end === -1 || name === undefined) {
        throw new SubstitutionError(
          'use ${NAME}, ${env:NAME} or ${NAME:-default}, and $$ for a dollar sign',
        );
      }
      const value = environment[name];
      if (value === undefined && otherwise === undefined) result += missing(name);
      else result += value === undefined || value === '' ? (otherwise ?? '') : value;
      from = end + 1;
    } else {
      result += '$';
      from = dollar + 1;
    }
  }
}

export function hasReference(text: string): boolean {
  return text.includes('$');
}
