import type { Requirements } from './model-types.ts';
import { requirementOf } from './read-model.ts';

export const quoted = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const literal = (value: string | number | boolean): string =>
  typeof value === 'string' ? quoted(value) : String(value);

/** The attributes of a span, metric or event, as an object literal. */
export function renderRequirements(attributes: Requirements, indent: string): string {
  const lines = Object.entries(attributes)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, requirement]) => {
      const { level, when, sampling, value, not_value, ...conditions } = requirementOf(requirement);
      const { if_failed, if_set, unless_set, only_with } = conditions;
      const members = [
        `level: ${quoted(level)}`,
        ...(when === undefined ? [] : [`when: ${quoted(when)}`]),
        ...(sampling === true ? ['sampling: true'] : []),
        ...(value === undefined ? [] : [`value: ${literal(value)}`]),
        ...(not_value === undefined ? [] : [`notValue: ${literal(not_value)}`]),
        ...(if_failed === true ? ['ifFailed: true'] : []),
        ...(if_set === undefined ? [] : [`ifSet: ${quoted(if_set)}`]),
        ...(unless_set === undefined ? [] : [`unlessSet: ${quoted(unless_set)}`]),
        ...(only_with === undefined ? [] : [`onlyWith: ${quoted(only_with)}`]),
      ];
      return `${indent}  ${quoted(name)}: { ${members.join(', ')} },\n`;
    });
  return `{\n${lines.join('')}${indent}}`;
}
