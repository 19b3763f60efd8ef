import type { PatternsModel } from './configuration-model.ts';

/** Whether the patterns let a name through: what is included, less what is excluded. */
export function letsThrough({ included, excluded }: PatternsModel): (name: string) => boolean {
  const inside = included?.map(expressionOf);
  const outside = excluded?.map(expressionOf) ?? [];
  return (name) =>
    (inside === undefined || inside.some((pattern) => pattern.test(name))) &&
    !outside.some((pattern) => pattern.test(name));
}

/** The same as one expression, for those who take nothing else. */
export function asExpression({ included, excluded }: PatternsModel): RegExp {
  const not = excluded === undefined ? '' : `(?!(?:${excluded.map(sourceOf).join('|')})$)`;
  const yes = included === undefined ? '.*' : `(?:${included.map(sourceOf).join('|')})`;
  return new RegExp(`^${not}${yes}$`, 's');
}

function expressionOf(pattern: string): RegExp {
  return new RegExp(`^${sourceOf(pattern)}$`, 's');
}

/** Several stars in a row are one: they would make a search of it that takes forever. */
function sourceOf(pattern: string): string {
  return pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/\*+/g, '.*')
    .replaceAll('?', '.');
}
